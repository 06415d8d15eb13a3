package org.skillvoucher.domain.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet.Corrected;
import org.skillvoucher.domain.attendance.AttendanceSheet.Detail;
import org.skillvoucher.domain.attendance.AttendanceSheet.Input;
import org.skillvoucher.domain.attendance.AttendanceSheet.Origin;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/** Where a sheet's numbers come from: kinds of hours, corrections, offline scans, spot checks. */
final class SheetDetailTest {
  private static final List<PersonPseudonym> PEOPLE = List.of(LI, WANG);

  private static AttendanceSheet.Row lineOfLi(
      List<Mark> marks, List<Corrected> corrections, String... checked) {
    return sheet(marks, corrections, checked).rows().getFirst();
  }

  private static AttendanceSheet sheet(
      List<Mark> marks, List<Corrected> corrections, String... checked) {
    return AttendanceSheet.of(
        LESSONS, PEOPLE, new Input(marks, corrections, Set.of(checked)), ATTENDANCE);
  }

  private static Mark mark(Lesson lesson, Act act) {
    return new Mark(LI, lesson.id(), act, false);
  }

  private static Mark offline(Lesson lesson, Act act) {
    return new Mark(LI, lesson.id(), act, false, false);
  }

  private static List<Mark> whole(Lesson... lessons) {
    return Arrays.stream(lessons)
        .flatMap(lesson -> List.of(mark(lesson, Act.IN), mark(lesson, Act.OUT)).stream())
        .toList();
  }

  private static Corrected counts(Lesson lesson) {
    return new Corrected(LI, lesson.id(), true);
  }

  private static Corrected countsNot(Lesson lesson) {
    return new Corrected(LI, lesson.id(), false);
  }

  @Test
  void hoursOfTheoryAndPracticeAreCountedApart() {
    assertEquals(new Detail(180, 0, 180, 0, 1, 0, 0), lineOfLi(whole(MORNING), List.of()).detail());
    assertEquals(
        new Detail(0, 180, 180, 0, 1, 0, 0), lineOfLi(whole(AFTERNOON), List.of()).detail());
    assertEquals(
        new Detail(180, 180, 360, 0, 2, 0, 0),
        lineOfLi(whole(MORNING, AFTERNOON), List.of()).detail());
  }

  @Test
  void aBackFillGivesTheHoursAndSaysThatNoScanDid() {
    var line = lineOfLi(whole(MORNING), List.of(counts(AFTERNOON)));

    assertEquals(2, line.lessonsAttended());
    assertEquals(100, line.percent());
    assertFalse(line.completed());
    assertEquals(new Detail(180, 180, 180, 1, 1, 0, 0), line.detail());
    assertEquals(new Origin(0, 180, 0, 180, 50, true, List.of()), line.origin());
  }

  @Test
  void correctionsAloneCompleteNobody() {
    var line = lineOfLi(List.of(), List.of(counts(MORNING), counts(AFTERNOON)));

    assertEquals(100, line.percent());
    assertFalse(line.completed());
    assertEquals(new Origin(0, 360, 0, 0, 0, true, List.of()), line.origin());
  }

  private static Mark vouched(Lesson lesson, Act act, boolean tooOften) {
    return new Mark(LI, lesson.id(), act, false, true, new Mark.Origin(true, tooOften, "S2"));
  }

  private static AttendanceSheet.Row lineWith(List<Mark> marks, int assistedMax) {
    var captured = List.of(new AttendanceSheet.Captured(LI, AFTERNOON.id()));
    return AttendanceSheet.of(
            LESSONS,
            PEOPLE,
            new Input(marks, List.of(), Set.of(), captured, assistedMax),
            ATTENDANCE)
        .rows()
        .getFirst();
  }

  @Test
  void assistedAndCapturedMinutesAndTheSitesAreShownApart() {
    Mark own =
        new Mark(LI, MORNING.id(), Act.OUT, false, true, new Mark.Origin(false, false, "S1"));
    var line = lineWith(List.of(vouched(MORNING, Act.IN, false), own), 1);

    assertEquals(new Origin(180, 0, 180, 180, 50, false, List.of("S1", "S2")), line.origin());
    assertEquals(0, line.detail().minutesScanned());
    assertEquals(180, line.minutesAttended());
  }

  @Test
  void aWitnessCountsForSoManyLessonsOfAPersonAndPeopleOfALessonAndNoMore() {
    List<Mark> marks = List.of(vouched(MORNING, Act.IN, false), vouched(MORNING, Act.OUT, false));

    assertEquals(180, lineWith(marks, 1).minutesAttended());
    assertEquals(new Origin(0, 0, 360, 0, 0, false, List.of("S2")), lineWith(marks, 0).origin());
    assertEquals(
        0,
        lineWith(List.of(vouched(MORNING, Act.IN, true), vouched(MORNING, Act.OUT, false)), 9)
            .minutesAttended());
  }

  @Test
  void anAmendmentTakesTheHoursAndSaysWhatTheScansSaid() {
    var line = lineOfLi(whole(MORNING, AFTERNOON), List.of(countsNot(AFTERNOON)));

    assertEquals(1, line.lessonsAttended());
    assertEquals(0, line.lessonsIncomplete());
    assertFalse(line.completed());
    assertEquals(new Detail(180, 0, 360, 1, 1, 0, 0), line.detail());
  }

  @Test
  void aCorrectionThatSaysWhatTheScansSayCorrectsNothing() {
    assertEquals(
        new Detail(180, 0, 180, 0, 1, 0, 0),
        lineOfLi(whole(MORNING), List.of(counts(MORNING), countsNot(AFTERNOON))).detail());
  }

  @Test
  void aLessonLeftOpenAndBackFilledIsNoLongerIncomplete() {
    var open = List.of(mark(MORNING, Act.IN));

    assertEquals(1, lineOfLi(open, List.of()).lessonsIncomplete());
    assertEquals(0, lineOfLi(open, List.of(counts(MORNING))).lessonsIncomplete());
    assertEquals(1, lineOfLi(open, List.of(countsNot(MORNING))).lessonsIncomplete());
  }

  @Test
  void ofSeveralCorrectionsOfOneLessonTheLastApplies() {
    assertEquals(
        180, lineOfLi(List.of(), List.of(countsNot(MORNING), counts(MORNING))).minutesAttended());
    assertEquals(
        0, lineOfLi(List.of(), List.of(counts(MORNING), countsNot(MORNING))).minutesAttended());
  }

  @Test
  void aCorrectionIsOfOnePersonAndOneLesson() {
    var sheet = sheet(List.of(), List.of(counts(MORNING)));

    assertEquals(List.of(1, 0), sheet.rows().stream().map(l -> l.lessonsAttended()).toList());
  }

  @Test
  void aCorrectionForAPersonNotOnTheRosterGivesNoRow() {
    var sheet = sheet(List.of(), List.of(new Corrected(STRANGER, MORNING.id(), true)));

    assertEquals(PEOPLE, sheet.rows().stream().map(AttendanceSheet.Row::person).toList());
  }

  @Test
  void oneScanThatCameOfflineMakesItsLessonAnOfflineOne() {
    assertEquals(
        new Detail(180, 180, 360, 0, 1, 1, 0),
        lineOfLi(
                List.of(
                    mark(MORNING, Act.IN),
                    offline(MORNING, Act.OUT),
                    mark(AFTERNOON, Act.IN),
                    mark(AFTERNOON, Act.OUT)),
                List.of())
            .detail());
  }

  @Test
  void anOfflineScanOfALessonThatDoesNotCountIsNotCountedEither() {
    assertEquals(
        0, lineOfLi(List.of(offline(MORNING, Act.IN)), List.of()).detail().lessonsOffline());
  }

  @Test
  void aSpotCheckIsMissedByWhoAttendedAndDidNotShowUpAtIt() {
    var withCheck = new ArrayList<>(whole(MORNING, AFTERNOON));
    withCheck.add(mark(MORNING, Act.CHECK));

    assertEquals(0, lineOfLi(withCheck, List.of(), "am").detail().spotChecksMissed());
    assertEquals(1, lineOfLi(withCheck, List.of(), "am", "pm").detail().spotChecksMissed());
    assertEquals(0, lineOfLi(List.of(), List.of(), "am", "pm").detail().spotChecksMissed());
  }

  @Test
  void aCheckAloneIsNoAttendance() {
    var line = lineOfLi(List.of(mark(MORNING, Act.CHECK)), List.of(), "am");

    assertEquals(0, line.lessonsAttended());
    assertEquals(0, line.lessonsIncomplete());
  }

  @Test
  void ofTwoScansInTheOneInTimeTellsInWhateverOrderTheyAreCounted() {
    Mark late = new Mark(LI, MORNING.id(), Act.IN, true);
    Mark inTime = mark(MORNING, Act.IN);
    Mark out = mark(MORNING, Act.OUT);

    for (List<Mark> marks :
        List.of(
            List.of(late, inTime, out), List.of(late, out, inTime), List.of(out, inTime, late))) {
      assertEquals(0, lineOfLi(marks, List.of()).late());
    }
    assertEquals(1, lineOfLi(List.of(late, out), List.of()).late());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whateverIsScannedAndCorrectedTheNumbersAddUp(
      @ForAll("marks") List<Mark> marks,
      @ForAll("corrections") List<Corrected> corrections,
      @ForAll Set<Boolean> checked) {
    var sheet =
        sheet(
            marks,
            corrections,
            checked.stream().map(first -> first ? "am" : "pm").toArray(String[]::new));
    for (AttendanceSheet.Row line : sheet.rows()) {
      Detail detail = line.detail();
      assertEquals(line.minutesAttended(), detail.minutesTheory() + detail.minutesPractice());
      assertTrue(line.minutesAttended() <= sheet.minutesPlanned());
      assertTrue(detail.minutesScanned() <= sheet.minutesPlanned());
      assertTrue(line.lessonsAttended() + line.lessonsIncomplete() <= LESSONS.size());
      assertTrue(detail.lessonsOnline() + detail.lessonsOffline() <= line.lessonsAttended());
      assertTrue(detail.spotChecksMissed() <= line.lessonsAttended());
      if (detail.lessonsCorrected() == 0) {
        assertEquals(detail.minutesScanned(), line.minutesAttended());
        assertEquals(line.lessonsAttended(), detail.lessonsOnline() + detail.lessonsOffline());
      }
    }
  }

  @Provide
  Arbitrary<List<Mark>> marks() {
    return Combinators.combine(
            Arbitraries.of(LI, WANG, STRANGER),
            Arbitraries.of(LESSONS),
            Arbitraries.of(Act.IN, Act.OUT, Act.CHECK),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(
            (person, lesson, act, late, online) ->
                new Mark(person, lesson.id(), act, late && act == Act.IN, online))
        .list()
        .ofMaxSize(16);
  }

  @Provide
  Arbitrary<List<Corrected>> corrections() {
    return Combinators.combine(
            Arbitraries.of(LI, WANG, STRANGER),
            Arbitraries.of(LESSONS),
            Arbitraries.of(true, false))
        .as((person, lesson, counts) -> new Corrected(person, lesson.id(), counts))
        .list()
        .ofMaxSize(4);
  }
}
