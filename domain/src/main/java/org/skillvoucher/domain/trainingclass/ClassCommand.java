package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;

/** What may be asked of a training class; {@code at} is the gateway's time. */
public sealed interface ClassCommand {
  Instant at();

  /** 开班备案 (R01, R04), with the rules of the region on that day. */
  record File(Filing filing, ClassRules rules, Instant at) implements ClassCommand {}

  /** 经同意 (R01), by an official known by token. */
  record Approve(String official, Instant at) implements ClassCommand {}

  /** The filing goes back to the institution, which may file a corrected class anew. */
  record Return(String official, String reason, Instant at) implements ClassCommand {}

  /** 学员名册: adds people; who is already on it stays. */
  record Enrol(List<PersonPseudonym> people, Instant at) implements ClassCommand {
    public Enrol {
      people = List.copyOf(people);
    }
  }

  /** 课程表: sets the whole timetable. */
  record Schedule(List<Lesson> lessons, Instant at) implements ClassCommand {
    public Schedule {
      lessons = List.copyOf(lessons);
    }
  }

  /** A voucher was bound to this class. */
  record AdmitVoucher(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassCommand {}

  /** A bound voucher no longer stands: frozen or voided. */
  record WithdrawVoucher(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassCommand {}

  /** 开班. */
  record Open(Instant at) implements ClassCommand {}

  /**
   * A scan whose card was verified (R41, R46).
   *
   * @param classId the class itself, which a receipt names
   * @param institution whose device scanned; of another's class it learns nothing
   * @param receiptId ULID made for this attempt
   * @param subject the commitment to the person in the receipt
   */
  record RecordScan(
      ClassId classId,
      CreditCode institution,
      Scan scan,
      Verification verification,
      String receiptId,
      String subject,
      Instant at)
      implements ClassCommand {}

  /** 结班. */
  record Close(Instant at) implements ClassCommand {}
}
