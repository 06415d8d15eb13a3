package org.skillvoucher.domain.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.lesson;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet.Input;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

final class AttendanceSheetTest {
  private static final List<PersonPseudonym> PEOPLE = List.of(LI, WANG);

  @Test
  void aLessonCountsWithAllItsMinutesForWhoScannedInAndOut() {
    assertEquals(
        plain(LI, 1, 0, 0, 180, 50, false), line(LI, in(LI, MORNING, false), out(LI, MORNING)));
  }

  @Test
  void inWithoutOutIsIncompleteAndDoesNotCount() {
    assertEquals(plain(LI, 0, 1, 0, 0, 0, false), line(LI, in(LI, MORNING, false)));
  }

  @Test
  void outWithoutInCountsForNothing() {
    assertEquals(plain(LI, 0, 0, 0, 0, 0, false), line(LI, out(LI, MORNING)));
  }

  @Test
  void whoCameLateAttendedAndIsMarkedLate() {
    assertEquals(
        plain(LI, 2, 0, 1, 360, 100, true),
        line(
            LI,
            in(LI, MORNING, true),
            out(LI, MORNING),
            in(LI, AFTERNOON, false),
            out(LI, AFTERNOON)));
  }

  @Test
  void oneLessonsOutDoesNotEndAnother() {
    assertEquals(0, line(LI, in(LI, MORNING, false), out(LI, AFTERNOON)).lessonsAttended());
  }

  @Test
  void theAbsentHaveALineAndStrangersHaveNone() {
    var sheet =
        AttendanceSheet.of(
            LESSONS,
            PEOPLE,
            Input.of(List.of(in(STRANGER, MORNING, false), out(STRANGER, MORNING))),
            ATTENDANCE);

    assertEquals(360, sheet.minutesPlanned());
    assertEquals(
        List.of(plain(LI, 0, 0, 0, 0, 0, false), plain(WANG, 0, 0, 0, 0, 0, false)), sheet.rows());
  }

  @Test
  void theRegionsThresholdIsReachedToTheMinute() {
    // 4 of 5 hours is the threshold of 80 percent to the minute; one minute less is not.
    assertEquals(plain(LI, 1, 0, 0, 240, 80, true), oneOfTwo(240, 60));
    assertEquals(plain(LI, 1, 0, 0, 239, 79, false), oneOfTwo(239, 61));
  }

  /** A line without corrections, offline scans or spot checks, its minutes half theory if whole. */
  private static AttendanceSheet.Row plain(
      PersonPseudonym person,
      int attended,
      int incomplete,
      int late,
      long minutes,
      int percent,
      boolean completed) {
    long practice = minutes == 360 ? 180 : 0;
    return new AttendanceSheet.Row(
        person,
        attended,
        incomplete,
        late,
        minutes,
        percent,
        completed,
        new AttendanceSheet.Detail(minutes - practice, practice, minutes, 0, attended, 0, 0),
        new AttendanceSheet.Origin(0, 0, 0, minutes, percent, completed, List.of()));
  }

  private static AttendanceSheet.Row oneOfTwo(int attended, int missed) {
    var first = lesson("a", LessonKind.THEORY, NINE, attended);
    var second = lesson("b", LessonKind.THEORY, first.endsAt(), missed);
    return AttendanceSheet.of(
            List.of(first, second),
            PEOPLE,
            Input.of(List.of(in(LI, first, false), out(LI, first))),
            ATTENDANCE)
        .rows()
        .getFirst();
  }

  @Test
  void anEmptyTimetableIsCompletedByNobody() {
    var anyone = new AttendanceRules(30, 10, 45, 15, 60, 45, 0, true);
    var line = AttendanceSheet.of(List.of(), PEOPLE, Input.of(List.of()), anyone).rows().getFirst();

    assertEquals(plain(LI, 0, 0, 0, 0, 0, false), line);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void anyOrderOfTheSameMarksAlsoDoubledGivesTheSameSheet(
      @ForAll("marks") List<Mark> marks, @ForAll long seed) {
    List<Mark> shuffled = new ArrayList<>(marks);
    shuffled.addAll(marks.subList(0, marks.size() / 2));
    Collections.shuffle(shuffled, new Random(seed));

    assertEquals(sheet(marks), sheet(shuffled));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nobodyAttendsMoreThanWasPlanned(@ForAll("marks") List<Mark> marks) {
    for (AttendanceSheet.Row line : sheet(marks).rows()) {
      assertTrue(line.minutesAttended() <= 360);
      assertTrue(line.percent() <= 100);
      assertTrue(line.lessonsAttended() + line.lessonsIncomplete() <= LESSONS.size());
      assertTrue(line.late() <= LESSONS.size());
    }
  }

  @Provide
  Arbitrary<List<Mark>> marks() {
    return Combinators.combine(
            Arbitraries.of(LI, WANG, STRANGER),
            Arbitraries.of(LESSONS),
            Arbitraries.of(Act.IN, Act.OUT),
            Arbitraries.of(true, false))
        .as(
            (person, lesson, act, late) ->
                new Mark(person, lesson.id(), act, late && act == Act.IN))
        .list()
        .ofMaxSize(12);
  }

  private static AttendanceSheet sheet(List<Mark> marks) {
    return AttendanceSheet.of(LESSONS, PEOPLE, Input.of(marks), ATTENDANCE);
  }

  private static AttendanceSheet.Row line(PersonPseudonym person, Mark... marks) {
    return sheet(List.of(marks)).rows().stream()
        .filter(line -> line.person().equals(person))
        .findFirst()
        .orElseThrow();
  }

  private static Mark in(PersonPseudonym person, Lesson lesson, boolean late) {
    return new Mark(person, lesson.id(), Act.IN, late);
  }

  private static Mark out(PersonPseudonym person, Lesson lesson) {
    return new Mark(person, lesson.id(), Act.OUT, false);
  }
}
