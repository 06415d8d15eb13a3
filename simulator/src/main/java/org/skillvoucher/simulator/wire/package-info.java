/** HTTP as all stubs speak it: bounded bodies, JSON answers, faults on demand. */
@NullMarked
package org.skillvoucher.simulator.wire;

import org.jspecify.annotations.NullMarked;
