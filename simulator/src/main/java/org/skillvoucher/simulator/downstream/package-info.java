/** A stub of a downstream system (经办信息系统) that takes evidence and acknowledges it. */
@NullMarked
package org.skillvoucher.simulator.downstream;

import org.jspecify.annotations.NullMarked;
