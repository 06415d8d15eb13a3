/** YAML files of scenarios: every fault is told with its line and path, all at once. */
@NullMarked
package org.skillvoucher.simulator.yaml;

import org.jspecify.annotations.NullMarked;
