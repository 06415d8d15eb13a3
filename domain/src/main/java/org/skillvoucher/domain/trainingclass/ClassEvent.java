package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;

/** What happened to a training class. Each is kept under a name and version of its own for good. */
public sealed interface ClassEvent extends ClassFact {
  Instant at();

  @Override
  default ClassEvent sealedBy(ReceiptSealer sealer) {
    return this;
  }

  record Filed(Filing filing, ClassRules rules, Instant at) implements ClassEvent {}

  record Approved(String official, Instant at) implements ClassEvent {}

  record Returned(String official, String reason, Instant at) implements ClassEvent {}

  record Enrolled(List<PersonPseudonym> people, Instant at) implements ClassEvent {
    public Enrolled {
      people = List.copyOf(people);
    }
  }

  record Scheduled(List<Lesson> lessons, Instant at) implements ClassEvent {
    public Scheduled {
      lessons = List.copyOf(lessons);
    }
  }

  record VoucherAdmitted(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record VoucherWithdrawn(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record Opened(Instant at) implements ClassEvent {}

  /** One attendance record (R41): the scan, how it was verified, and the receipt handed out. */
  record Attended(
      Scan scan,
      boolean late,
      String voucher,
      Verification verification,
      SealedReceipt receipt,
      Instant at)
      implements ClassEvent {}

  record Closed(long receipts, String lastPayloadHash, Instant at) implements ClassEvent {}
}
