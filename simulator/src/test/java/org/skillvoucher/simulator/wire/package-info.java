@NullMarked
package org.skillvoucher.simulator.wire;

import org.jspecify.annotations.NullMarked;
