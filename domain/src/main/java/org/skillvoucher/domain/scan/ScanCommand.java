package org.skillvoucher.domain.scan;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** What becomes of a statement once its device and the person were looked at. */
public sealed interface ScanCommand {
  /** The class itself, which a receipt names. */
  ClassId classId();

  /** Whose device it was; of another's class it learns nothing. */
  CreditCode institution();

  ReceivedStatement received();

  Circumstances circumstances();

  Instant at();

  /**
   * A scan whose person was verified (R41, R46).
   *
   * @param institutionStoppedFrom from when its institution is suspended or out (R24)
   * @param receiptId ULID made for this attempt
   * @param subject the commitment to the person in the receipt
   */
  record Record(
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
   * An offline statement that cannot count as it stands; its counter is used up all the same.
   *
   * @param person whose card it was, where that is known
   * @param reason the code it was answered with, such as {@code captured} (未核验留存)
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
