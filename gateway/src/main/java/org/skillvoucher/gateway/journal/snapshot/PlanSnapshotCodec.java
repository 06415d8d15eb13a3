package org.skillvoucher.gateway.journal.snapshot;

import java.util.EnumMap;
import java.util.Map;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.DoorRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Roster;
import org.skillvoucher.domain.trainingclass.Timetable;

/** The plan of a class (filing, roster, timetable) in its snapshot. */
final class PlanSnapshotCodec {
  private PlanSnapshotCodec() {}

  static void write(Plan plan, SnapshotWriter to) {
    write(plan.filing(), to);
    write(plan.rules(), to);
    to.instant(plan.approvedAt());
    to.all(
        plan.roster().entries(),
        line -> {
          to.person(line.person(), line.enrolled());
          to.optional(line.voucher(), voucher -> to.text(voucher.value()));
        });
    to.all(
        plan.timetable().lessons(),
        lesson -> {
          to.name(lesson.id().value());
          to.name(lesson.title());
          to.name(lesson.kind().name());
          to.instant(lesson.startsAt());
          to.instant(lesson.endsAt());
        });
  }

  static Plan read(SnapshotReader from) {
    return new Plan(
        filing(from),
        rules(from),
        from.instant(),
        Roster.of(from.all(() -> entry(from))),
        Timetable.of(from.all(() -> lesson(from))));
  }

  private static Roster.Entry entry(SnapshotReader from) {
    PersonPseudonym person = from.person();
    boolean enrolled = from.presence();
    return new Roster.Entry(person, enrolled, from.optional(() -> new VoucherId(from.text())));
  }

  private static Lesson lesson(SnapshotReader from) {
    return new Lesson(
        new LessonId(from.name()),
        from.name(),
        LessonKind.valueOf(from.name()),
        from.instant(),
        from.instant());
  }

  private static void write(Filing filing, SnapshotWriter to) {
    to.text(filing.institution().value());
    to.text(filing.region().value());
    to.text(filing.occupation().value());
    to.number(filing.level());
    to.text(filing.title());
    to.text(filing.teachingPlan());
    to.text(filing.trainingMode());
    to.text(filing.assessmentMethod());
    to.text(filing.employmentMeasures());
    to.text(filing.venue());
    to.all(filing.teachers(), teacher -> to.person(teacher, false));
    to.all(filing.textbooks(), to::text);
    to.number(filing.traineesPlanned());
    to.optional(filing.site(), to::text);
  }

  private static Filing filing(SnapshotReader from) {
    return new Filing(
        new CreditCode(from.text()),
        new RegionCode(from.text()),
        new OccupationCode(from.text()),
        from.integer(),
        from.text(),
        from.text(),
        from.text(),
        from.text(),
        from.text(),
        from.text(),
        from.all(from::person),
        from.all(from::text),
        from.integer(),
        from.added(from::text));
  }

  private static void write(ClassRules rules, SnapshotWriter to) {
    to.text(rules.pack());
    to.number(rules.rosterMax());
    to.number(rules.lessonsMax());
    AttendanceRules attendance = rules.attendance();
    to.number(attendance.signInOpensMinutesBefore());
    to.number(attendance.lateMinutesAfter());
    to.number(attendance.signInClosesMinutesAfter());
    to.number(attendance.signOutOpensMinutesBefore());
    to.number(attendance.signOutClosesMinutesAfter());
    to.number(attendance.classHourMinutes());
    to.number(attendance.thresholdPercent());
    to.bool(attendance.voucherRequired());
    to.optional(rules.field(), field -> write(field, to));
    to.optional(rules.flags(), flags -> write(flags, to));
    to.optional(rules.door(), door -> write(door, to));
  }

  private static ClassRules rules(SnapshotReader from) {
    return new ClassRules(
        from.text(),
        from.integer(),
        from.integer(),
        new AttendanceRules(
            from.integer(),
            from.integer(),
            from.integer(),
            from.integer(),
            from.integer(),
            from.integer(),
            from.integer(),
            from.bool()),
        from.optional(() -> field(from)),
        from.optional(() -> flags(from)),
        from.added(() -> door(from)));
  }

  private static void write(DoorRules door, SnapshotWriter to) {
    to.name(door.voucher().name());
    to.bool(door.traineesWitness());
    to.number(door.witnessPerPersonMax());
    to.number(door.witnessVouchesMax());
  }

  private static DoorRules door(SnapshotReader from) {
    return new DoorRules(
        VoucherAtDoor.valueOf(from.name()), from.bool(), from.integer(), from.integer());
  }

  private static void write(FieldRules field, SnapshotWriter to) {
    to.number(field.offlineHoursMax());
    to.number(field.clockSkewSecondsMax());
    to.number(field.tapIntervalMillisMin());
    to.number(field.velocityMinutesMin());
    to.bool(field.velocityRefused());
    to.number(field.classHoursADayMax());
    to.bool(field.suspendedClassesGoOn());
  }

  private static FieldRules field(SnapshotReader from) {
    return new FieldRules(
        from.integer(),
        from.integer(),
        from.integer(),
        from.integer(),
        from.bool(),
        from.integer(),
        from.bool());
  }

  private static void write(FlagRules flags, SnapshotWriter to) {
    to.number(flags.devicePeopleMax());
    to.number(flags.sameOrderLessons());
    to.number(flags.stayPercentMin());
    to.number(flags.uploadHoursMax());
    to.number(flags.tapsAMinuteMax());
    to.all(
        flags.levels().entrySet(),
        level -> {
          to.name(level.getKey().name());
          to.number(level.getValue());
        });
  }

  private static FlagRules flags(SnapshotReader from) {
    return new FlagRules(
        from.integer(),
        from.integer(),
        from.integer(),
        from.integer(),
        from.integer(),
        levels(from));
  }

  private static Map<FlagKind, Integer> levels(SnapshotReader from) {
    Map<FlagKind, Integer> levels = new EnumMap<>(FlagKind.class);
    for (int left = from.count(); left > 0; left--) {
      levels.put(FlagKind.valueOf(from.name()), from.integer());
    }
    return levels;
  }
}
