/** Devices at the door of a class (签到设备), with real keys: what they state of each tap. */
@NullMarked
package org.skillvoucher.simulator.device;

import org.jspecify.annotations.NullMarked;
