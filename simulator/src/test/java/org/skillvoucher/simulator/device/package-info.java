@NullMarked
package org.skillvoucher.simulator.device;

import org.jspecify.annotations.NullMarked;
