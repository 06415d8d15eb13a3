package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;

/** What a class decides of one statement. */
public sealed interface ScanDecision<R extends ScanResult> {
  /** With a receipt, if there is one, that may be persisted and handed out. */
  Sealed<R> sealedBy(ReceiptSealer sealer);

  /** It counts; the receipt is yet to be signed. */
  record Attendance(
      Scan scan,
      boolean late,
      String voucher,
      Verification verification,
      ReceiptDraft receipt,
      Circumstances circumstances,
      Instant at)
      implements ScanDecision<ScanResult.Decided> {
    @Override
    public Sealed<ScanResult.Decided> sealedBy(ReceiptSealer sealer) {
      var event =
          new ClassEvent.Attended(
              scan,
              late,
              voucher,
              verification,
              sealer.seal(receipt),
              at,
              Optional.of(circumstances));
      return new Sealed<>(List.of(event), new ScanResult.Recorded(event.receipt()));
    }
  }

  /**
   * The result, and the events to persist before it is replied.
   *
   * @param events of a refused statement, too, there may be some
   */
  record Sealed<R extends ScanResult>(List<ClassEvent> events, R result)
      implements ScanDecision<R> {
    public Sealed {
      events = List.copyOf(events);
    }

    @Override
    public Sealed<R> sealedBy(ReceiptSealer sealer) {
      return this;
    }
  }
}
