package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;

final class AttendancePlanTest {
  private static final AttendanceRules RULES =
      new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true);

  private final List<Lesson> lessons;
  private final AttendancePlan plan;

  AttendancePlanTest() throws Exception {
    Path config = Path.of(System.getProperty("vgw.config", "../config"));
    lessons =
        TimetableFile.read(
            config.resolve("sample").resolve("timetable.csv"), LocalDate.of(2026, 3, 2));
    plan = new AttendancePlan(AttendancePlan.Cast.USUAL, lessons, 48);
  }

  @Test
  void everybodyScansTwiceALessonExceptThoseCastOtherwise() {
    int absent = 2 * 2;
    int lost = 2;
    int forgotten = 1;
    int teacher = 3;
    assertEquals(48 * 4 * 2 - absent - lost - forgotten + teacher, plan.receipts());
  }

  @Test
  void thoseInTimeAndTheLateOneAreAllWhoComeIn() {
    assertEquals(47, plan.onTime(0).size());
    assertEquals(47, plan.onTime(1).size());
    assertEquals(47, plan.onTime(2).size());
    assertFalse(plan.onTime(0).contains(plan.cast().late()));
    assertFalse(plan.leaving(3).contains(plan.cast().forgetful()));
  }

  @Test
  void theLastDayBeginsWithTheThirdLesson() {
    assertEquals(2, plan.firstOfLastDay());
  }

  @Test
  void theSheetFollowsThePlan() {
    List<PersonPseudonym> people =
        IntStream.range(0, 48)
            .mapToObj(i -> new PersonPseudonym(String.format(Locale.ROOT, "%043d", i)))
            .toList();
    AttendanceSheet sheet = plan.sheet(people, RULES);
    assertEquals(630, sheet.minutesPlanned());
    AttendanceSheet.Row late = sheet.rows().get(plan.cast().late());
    assertEquals(1, late.late());
    assertEquals(100, late.percent());
    AttendanceSheet.Row absent = sheet.rows().get(plan.cast().absent());
    assertEquals(2, absent.lessonsAttended());
    assertEquals(50, absent.percent());
    assertFalse(absent.completed());
    AttendanceSheet.Row forgetful = sheet.rows().get(plan.cast().forgetful());
    assertEquals(0, forgetful.lessonsIncomplete());
    assertEquals(1, forgetful.detail().lessonsCorrected());
    assertEquals(495, forgetful.detail().minutesScanned());
    assertEquals(630, forgetful.minutesAttended());
    assertFalse(forgetful.completed());
    assertTrue(forgetful.origin().completedWithCorrections());
    assertEquals(45, sheet.rows().stream().filter(AttendanceSheet.Row::completed).count());
  }

  @Test
  void tooFewPeopleAreRefused() {
    assertThrows(
        UnexpectedAnswer.class, () -> new AttendancePlan(AttendancePlan.Cast.USUAL, lessons, 29));
  }
}
