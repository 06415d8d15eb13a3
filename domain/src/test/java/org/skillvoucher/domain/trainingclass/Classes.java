package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.CLASS_RULES;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.OCCUPATION;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.Samples.person;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Chain;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/** A class of Li, who has a voucher, and Wang, who has none, in each of its states. */
public final class Classes {
  static final Instant APPROVED_AT = minutes(-24 * 60);

  /** Four in the afternoon, and an hour to sign out. */
  public static final Instant LAST_SCAN = minutes(480);

  public static final Filing FILING = filing("教学计划", "面授", "考核", "就业推荐");
  static final Verification VERIFIED =
      new Verification("physical_card", "card_platform", "ref-1", true);

  static final Circumstances HERE = Circumstances.online("S1", "R1");

  static final Plan PLAN =
      new Plan(
          FILING,
          CLASS_RULES,
          APPROVED_AT,
          Roster.of(
              List.of(
                  new Roster.Entry(LI, true, Optional.of(VOUCHER)),
                  new Roster.Entry(WANG, true, Optional.empty()))),
          Timetable.of(LESSONS));

  static final ClassState UNFILED = new Unfiled();
  static final ClassState FILED = new Filed(FILING, CLASS_RULES);
  static final ClassState RETURNED = new Returned(FILING, "no venue of that name");
  static final ClassState APPROVED = new Approved(PLAN);
  public static final Open OPEN = new Open(PLAN, ScanLedger.empty(), Chain.START);
  static final ClassState CLOSED = new Closed(PLAN, ScanLedger.empty(), Chain.START);

  private Classes() {}

  static Filing filing(String teaching, String mode, String assessment, String employment) {
    return new Filing(
        SCHOOL,
        REGION,
        OCCUPATION,
        5,
        "养老护理员",
        teaching,
        mode,
        assessment,
        employment,
        "一号教室",
        List.of(person(50)),
        List.of("养老护理员（初级）"),
        2);
  }

  /** The class prepared, with these rules instead of the usual ones. */
  public static Open open(ClassRules rules) {
    return new Open(
        new Plan(FILING, rules, APPROVED_AT, PLAN.roster(), PLAN.timetable()),
        ScanLedger.empty(),
        Chain.START);
  }

  /** A scan without a device's signature, whose key and body follow from who, where and what. */
  public static Scan scan(PersonPseudonym person, Lesson lesson, Act act, Instant tappedAt) {
    long natural = (person + "/" + lesson.id() + "/" + act.code()).hashCode();
    return scan(person, lesson, act, tappedAt, natural, natural);
  }

  public static Scan scan(
      PersonPseudonym person, Lesson lesson, Act act, Instant tappedAt, long key, long body) {
    return new Scan(
        person,
        lesson.id(),
        act,
        new Scan.Fingerprint(key),
        new Scan.Fingerprint(body),
        DeviceStatement.unsigned("D1", tappedAt));
  }

  public static ScanCommand.RecordAttendance record(Scan scan, Instant at) {
    return new ScanCommand.RecordAttendance(
        CLASS,
        SCHOOL,
        scan,
        HERE,
        VERIFIED,
        Optional.empty(),
        "receipt-of-" + at.toEpochMilli(),
        "subject",
        at);
  }

  static ScanRules.Question question(Scan scan, CreditCode institution, Instant now) {
    return new ScanRules.Question(
        institution,
        scan.received(),
        Optional.of(scan.person()),
        HERE,
        Optional.empty(),
        true,
        now);
  }

  /** Seals with the sequence number in place of a hash. */
  static SealedReceipt seal(ReceiptDraft draft) {
    return new SealedReceipt(
        draft.id(),
        draft.sequence(),
        "record of " + draft.id(),
        hash(draft.sequence()),
        draft.issuedAtMillis());
  }

  public static String hash(long sequence) {
    return "h%042d".formatted(sequence);
  }
}
