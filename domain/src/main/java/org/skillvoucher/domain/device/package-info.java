/** Devices at training sites (签到设备): suites, statements, and a device's chain of them. */
@NullMarked
package org.skillvoucher.domain.device;

import org.jspecify.annotations.NullMarked;
