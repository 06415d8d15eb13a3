/** Devices at training sites (签到设备): their suites and what they sign. */
@NullMarked
package org.skillvoucher.domain.device;

import org.jspecify.annotations.NullMarked;
