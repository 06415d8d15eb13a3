package org.skillvoucher.domain.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet.Corrected;
import org.skillvoucher.domain.attendance.AttendanceSheet.Input;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

class ProvenLessonsTest {
  private static final AttendanceRules RULES =
      new AttendanceRules(30, 10, 30, 10, 60, 45, 80, true);
  private static final PersonPseudonym LI = new PersonPseudonym("A".repeat(43));
  private static final Instant NINE = Instant.parse("2026-03-02T01:00:00Z");

  private static Lesson lesson(String id, int days) {
    Instant startsAt = NINE.plus(Duration.ofDays(days));
    return new Lesson(
        new LessonId(id), id, LessonKind.THEORY, startsAt, startsAt.plus(Duration.ofMinutes(45)));
  }

  private static final List<Lesson> LESSONS =
      List.of(lesson("L1", 0), lesson("L2", 1), lesson("L3", 2), lesson("L4", 3));

  private static Mark mark(String lesson, Act act, boolean online) {
    return new Mark(LI, new LessonId(lesson), act, false, online);
  }

  @Test
  void aLessonThatCountsIsProvenOnTheSpotByABatchOrByACorrectionAlone() {
    Input found =
        new Input(
            List.of(
                mark("L1", Act.IN, true),
                mark("L1", Act.OUT, true),
                mark("L2", Act.IN, true),
                mark("L2", Act.OUT, false),
                mark("L4", Act.IN, true)),
            List.of(new Corrected(LI, new LessonId("L3"), true)),
            Set.of());
    AttendanceSheet.Row line =
        AttendanceSheet.of(LESSONS, List.of(LI), found, RULES).rows().getFirst();
    assertEquals(3, line.lessonsAttended());
    assertEquals(1, line.lessonsIncomplete());
    assertEquals(1, line.detail().lessonsOnline());
    assertEquals(1, line.detail().lessonsOffline());
    assertEquals(1, line.detail().lessonsCorrected());
  }

  @Test
  void aLessonStruckOutByACorrectionIsProvenByNothing() {
    Input found =
        new Input(
            List.of(mark("L1", Act.IN, true), mark("L1", Act.OUT, true)),
            List.of(new Corrected(LI, new LessonId("L1"), false)),
            Set.of());
    AttendanceSheet.Detail detail =
        AttendanceSheet.of(LESSONS, List.of(LI), found, RULES).rows().getFirst().detail();
    assertEquals(new AttendanceSheet.Detail(0, 0, 45, 1, 0, 0, 0), detail);
  }
}
