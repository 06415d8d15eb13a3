/** Devices at the door of a class (签到设备), with real keys: they sign a statement of each tap. */
@NullMarked
package org.skillvoucher.simulator.device;

import org.jspecify.annotations.NullMarked;
