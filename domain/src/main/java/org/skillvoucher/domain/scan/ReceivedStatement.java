package org.skillvoucher.domain.scan;

import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Scan.Fingerprint;

/**
 * A statement as it arrives, before it is known whose it is.
 *
 * @param key fingerprint of the client's {@code Idempotency-Key}: the scan key
 * @param body fingerprint of what was signed, to detect other content under the same key or counter
 */
public record ReceivedStatement(
    LessonId lesson, Act act, Fingerprint key, Fingerprint body, DeviceStatement statement) {}
