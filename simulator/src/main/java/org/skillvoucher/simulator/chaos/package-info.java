/** Fault injection during a load (故障注入): kills and freezes by a seeded plan, and recovery times. */
@NullMarked
package org.skillvoucher.simulator.chaos;

import org.jspecify.annotations.NullMarked;
