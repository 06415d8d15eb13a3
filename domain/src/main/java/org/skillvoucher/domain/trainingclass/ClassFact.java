package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;

/**
 * What a class accepts: an event as it is kept, or attendance whose receipt is yet to be sealed.
 */
public sealed interface ClassFact permits ClassEvent, ClassFact.AttendanceDraft {
  /** The event to keep. */
  ClassEvent sealedBy(ReceiptSealer sealer);

  /** Attendance before its receipt is signed; never kept in this form. */
  record AttendanceDraft(
      Scan scan,
      boolean late,
      String voucher,
      Verification verification,
      ReceiptDraft receipt,
      Circumstances circumstances,
      Instant at)
      implements ClassFact {
    @Override
    public ClassEvent.Attended sealedBy(ReceiptSealer sealer) {
      return new ClassEvent.Attended(
          scan, late, voucher, verification, sealer.seal(receipt), at, Optional.of(circumstances));
    }
  }
}
