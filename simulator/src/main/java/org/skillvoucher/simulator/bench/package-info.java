/** How fast the project is, as ratios of what was measured by turns on the same machine. */
@NullMarked
package org.skillvoucher.simulator.bench;

import org.jspecify.annotations.NullMarked;
