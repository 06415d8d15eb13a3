package org.skillvoucher.domain.scan;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** What a class is to decide of a statement whose device is trusted. */
public sealed interface ScanCommand {
  /** The class, which a receipt names. */
  ClassId classId();

  /** Whose device it was; about another's class it gets no information. */
  CreditCode institution();

  ReceivedStatement received();

  Circumstances circumstances();

  Instant at();

  /**
   * A scan whose person was verified (R41, R46).
   *
   * @param institutionStoppedFrom from when its institution is suspended or removed (R24)
   * @param receiptId ULID, new for each attempt
   * @param subject the commitment to the person in the receipt
   */
  record RecordAttendance(
      ClassId classId,
      CreditCode institution,
      Scan scan,
      Circumstances circumstances,
      Verification verification,
      Optional<Instant> institutionStoppedFrom,
      String receiptId,
      String subject,
      Instant at)
      implements ScanCommand {
    @Override
    public ReceivedStatement received() {
      return scan.received();
    }
  }

  /**
   * A statement to record without a receipt; offline its counter is used up nevertheless.
   *
   * @param person whose card it was, where that is known
   * @param reason the code it is answered with, for example {@code captured} (未核验留存)
   */
  record Quarantine(
      ClassId classId,
      CreditCode institution,
      ReceivedStatement received,
      Circumstances circumstances,
      Optional<PersonPseudonym> person,
      String reason,
      Instant at)
      implements ScanCommand {}
}
