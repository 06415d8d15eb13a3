/** YAML scenario files, checked against a JSON Schema with all faults reported at once. */
@NullMarked
package org.skillvoucher.simulator.yaml;

import org.jspecify.annotations.NullMarked;
