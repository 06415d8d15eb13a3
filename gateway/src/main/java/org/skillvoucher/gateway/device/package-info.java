/** Devices (签到设备): names, keys, signatures, credentials, time beacons and room codes. */
@NullMarked
package org.skillvoucher.gateway.device;

import org.jspecify.annotations.NullMarked;
