@NullMarked
package org.skillvoucher.simulator.yaml;

import org.jspecify.annotations.NullMarked;
