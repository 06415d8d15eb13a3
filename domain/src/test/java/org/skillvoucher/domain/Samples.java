package org.skillvoucher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.skillvoucher.domain.policy.VoucherRules;

/** The people, places and numbers that all tests speak of; none of them exists. */
public final class Samples {
  public static final String PACK = "990000/2025-01-01";
  public static final RegionCode REGION = new RegionCode("990101");
  public static final OccupationCode OCCUPATION = new OccupationCode("4-10-01-05");
  public static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  public static final CreditCode OTHER_SCHOOL = new CreditCode("91990101MA00XY018Y");
  public static final ClassId CLASS = new ClassId("C1");
  public static final ClassId OTHER_CLASS = new ClassId("C2");
  public static final VoucherId VOUCHER = new VoucherId("V1");
  public static final VoucherId OTHER_VOUCHER = new VoucherId("V2");
  public static final PersonPseudonym LI = person(1);
  public static final PersonPseudonym WANG = person(2);
  public static final PersonPseudonym STRANGER = person(99);

  public static final AttendanceRules ATTENDANCE =
      new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true);
  public static final ClassRules CLASS_RULES = new ClassRules(PACK, 3, 4, ATTENDANCE);
  public static final VoucherRules VOUCHER_RULES = new VoucherRules(PACK, 90);

  /** Nine in the morning in Shanghai, when the first lesson begins. */
  public static final Instant NINE = Instant.parse("2025-03-03T01:00:00Z");

  /** Three hours, of theory. */
  public static final Lesson MORNING = lesson("am", LessonKind.THEORY, NINE, 180);

  /** From one to four, in practice. */
  public static final Lesson AFTERNOON =
      lesson("pm", LessonKind.PRACTICE, NINE.plus(Duration.ofHours(4)), 180);

  public static final List<Lesson> LESSONS = List.of(MORNING, AFTERNOON);

  private Samples() {}

  public static PersonPseudonym person(int number) {
    return new PersonPseudonym("p%042d".formatted(number));
  }

  public static Lesson lesson(String id, LessonKind kind, Instant startsAt, int minutes) {
    return new Lesson(
        new LessonId(id),
        "Lesson " + id,
        kind,
        startsAt,
        startsAt.plus(Duration.ofMinutes(minutes)));
  }

  /** So many minutes after nine, or before it when negative. */
  public static Instant minutes(long afterNine) {
    return NINE.plus(Duration.ofMinutes(afterNine));
  }
}
