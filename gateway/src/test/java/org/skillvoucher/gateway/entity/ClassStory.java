package org.skillvoucher.gateway.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.DeviceStatement;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.domain.trainingclass.Verification;

/** One class of any size, from filing to its scans, as the commands that tell it. */
final class ClassStory {
  static final ClassId CLASS = new ClassId("C1");
  static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  static final Instant FILED = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant FIRST_LESSON = Instant.parse("2026-03-02T00:30:00Z");

  /** Makes receipts that say what they are, without a key. */
  static final ReceiptSealer SEALER =
      draft ->
          new SealedReceipt(
              draft.id(),
              draft.sequence(),
              "record-of-" + draft.id(),
              "%043d".formatted(draft.sequence()),
              draft.issuedAtMillis());

  private ClassStory() {}

  static PersonPseudonym person(int number) {
    return new PersonPseudonym("%043d".formatted(number));
  }

  static ClassCommand.File file() {
    var attendance = new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true);
    return new ClassCommand.File(
        new Filing(
            SCHOOL,
            new RegionCode("990101"),
            new OccupationCode("4-10-01-05"),
            5,
            "养老护理员",
            "plan",
            "offline",
            "exam",
            "jobs",
            "hall",
            List.of(person(0)),
            List.of("book"),
            60),
        new ClassRules("990000/2025-01-01", 300, 500, attendance),
        FILED);
  }

  /** Everything up to the opening, with one lesson of 90 minutes a day. */
  static List<ClassCommand> untilOpen(int people, int days) {
    List<PersonPseudonym> roster =
        IntStream.rangeClosed(1, people).mapToObj(ClassStory::person).toList();
    List<ClassCommand> commands = new java.util.ArrayList<>();
    commands.add(file());
    commands.add(new ClassCommand.Approve("official", FILED));
    commands.add(new ClassCommand.Enrol(roster, FILED));
    commands.add(
        new ClassCommand.Schedule(
            IntStream.range(0, days).mapToObj(ClassStory::lesson).toList(), FILED));
    roster.forEach(
        person ->
            commands.add(
                new ClassCommand.AdmitVoucher(
                    person, new VoucherId("V" + person.value().substring(30)), FILED)));
    commands.add(new ClassCommand.Open(FILED));
    return commands;
  }

  static Lesson lesson(int day) {
    Instant start = FIRST_LESSON.plus(Duration.ofDays(day));
    return new Lesson(
        new LessonId("d" + day), "theory", LessonKind.THEORY, start, start.plusSeconds(5400));
  }

  static ClassCommand.RecordScan scan(int person, int day, Act act, String key) {
    Lesson lesson = lesson(day);
    Instant now = act == Act.OUT ? lesson.endsAt() : lesson.startsAt();
    long bits = key.hashCode();
    var scan =
        new Scan(
            person(person),
            lesson.id(),
            act,
            new Scan.Fingerprint(bits),
            new Scan.Fingerprint(bits ^ 1),
            new DeviceStatement("K1", 1, 1, now, 0, "", "", "", "", ""));
    return new ClassCommand.RecordScan(
        CLASS,
        SCHOOL,
        scan,
        new Verification("physical_card", "card_platform", "ref", true),
        "receipt-" + key,
        "subject",
        now);
  }
}
