@NullMarked
package org.skillvoucher.simulator.downstream;

import org.jspecify.annotations.NullMarked;
