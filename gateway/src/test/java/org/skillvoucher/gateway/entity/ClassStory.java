package org.skillvoucher.gateway.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceStatement;
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
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.Filing;

/** One class of any size, from filing to its scans, as commands. */
public final class ClassStory {
  public static final ClassId CLASS = new ClassId("C1");
  public static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  static final Instant FILED = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant FIRST_LESSON = Instant.parse("2026-03-02T00:30:00Z");

  /** Makes readable receipts without a key. */
  static final ReceiptSealer SEALER =
      draft ->
          new SealedReceipt(
              draft.id(),
              draft.sequence(),
              "record-of-" + draft.id(),
              "%043d".formatted(draft.sequence()),
              draft.issuedAtMillis());

  private ClassStory() {}

  public static PersonPseudonym person(int number) {
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

  /** A scan on a device of long ago, which signed nothing. */
  static ScanCommand.RecordAttendance scan(int person, int day, Act act, String key) {
    Instant now = timeOf(day, act);
    return record(person, day, act, key, DeviceStatement.unsigned("K1", now), now);
  }

  /** A scan in at a lesson's start, or out at its end, by this statement. */
  static ScanCommand.RecordAttendance record(
      int person, int day, Act act, String key, DeviceStatement statement, Instant now) {
    return new ScanCommand.RecordAttendance(
        CLASS,
        SCHOOL,
        Scan.of(person(person), received(day, act, key, statement)),
        Circumstances.online("S1", "R1"),
        new Verification("physical_card", "card_platform", "ref", true),
        Optional.empty(),
        "receipt-" + key,
        "subject",
        now);
  }

  public static ReceivedStatement received(
      int day, Act act, String key, DeviceStatement statement) {
    return new ReceivedStatement(
        lesson(day).id(),
        act,
        new Scan.Fingerprint(key.hashCode()),
        new Scan.Fingerprint(statement.hashCode() ^ act.code().hashCode()),
        statement);
  }

  static Instant timeOf(int day, Act act) {
    return act == Act.OUT ? lesson(day).endsAt() : lesson(day).startsAt();
  }
}
