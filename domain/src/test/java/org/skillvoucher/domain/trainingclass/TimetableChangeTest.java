package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.lesson;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassCommand.Change;

/** A timetable changed while the class runs (课程表变更): R03, R06, R61. */
final class TimetableChangeTest {
  private static final Change ILL = new Change("token-1", "the teacher is ill");

  /** The afternoon's lesson, a day later, under its own id. */
  private static final Lesson TOMORROW =
      lesson("pm", LessonKind.PRACTICE, AFTERNOON.startsAt().plus(Duration.ofDays(1)), 180);

  /** The same hours under an id of their own. */
  private static final Lesson INSTEAD =
      lesson("pm-2", LessonKind.PRACTICE, TOMORROW.startsAt(), 180);

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));
  private final Field door = new Field("D1-1", "S1");

  private Decision<ClassEvent, ClassRefusal> change(Instant at, Lesson... lessons) {
    return run.send(new ClassCommand.Schedule(List.of(lessons), Optional.of(ILL), at));
  }

  private static Decision<ClassEvent, ClassRefusal> changed(Instant at, Lesson... lessons) {
    return accept(new ClassEvent.Rescheduled(List.of(lessons), ILL, at));
  }

  private static Decision<ClassEvent, ClassRefusal> begun(String lesson) {
    return reject(
        new ClassRefusal.LessonBegun(
            lesson, lesson.equals("am") ? MORNING.startsAt() : AFTERNOON.startsAt()));
  }

  private ScanResult scan(Act act, Lesson lesson, Instant at) {
    return run.decide(door.online(LI, lesson, act, at)).result();
  }

  @Test
  void aLessonToComeIsMovedWithAReasonAndIsHeldAtItsNewTime() {
    assertEquals(changed(NINE, MORNING, TOMORROW), change(NINE, MORNING, TOMORROW));

    assertInstanceOf(ScanResult.Recorded.class, scan(Act.IN, TOMORROW, TOMORROW.startsAt()));
  }

  @Test
  void atItsOldTimeAMovedLessonTakesNoScan() {
    change(NINE, MORNING, TOMORROW);

    assertInstanceOf(
        ClassRefusal.OutsideWindow.class,
        assertInstanceOf(ScanResult.Refused.class, scan(Act.IN, AFTERNOON, AFTERNOON.startsAt()))
            .reason());
  }

  @Test
  void aChangeWithoutAReasonOrWithABlankOneIsRefused() {
    for (Optional<Change> none :
        List.of(Optional.<Change>empty(), Optional.of(new Change("token-1", " ")))) {
      assertEquals(
          reject(new ClassRefusal.ReasonRequired()),
          run.send(new ClassCommand.Schedule(List.of(MORNING, TOMORROW), none, NINE)));
    }
  }

  @Test
  void theSameTimetableAgainNeedsNoReasonAndChangesNothing() {
    assertEquals(already(), run.send(new ClassCommand.Schedule(LESSONS, NINE)));
    change(NINE, MORNING, TOMORROW);
    assertEquals(already(), run.send(new ClassCommand.Schedule(List.of(TOMORROW, MORNING), NINE)));
  }

  @Test
  void aLessonThatHasBegunIsNeitherMovedNorDroppedNorRenamed() {
    Lesson renamed = lesson("am", LessonKind.PRACTICE, NINE, 180);

    assertEquals(begun("am"), change(NINE, AFTERNOON));
    assertEquals(begun("am"), change(NINE, renamed, AFTERNOON));
    assertEquals(changed(NINE.minusMillis(1), AFTERNOON), change(NINE.minusMillis(1), AFTERNOON));
  }

  @Test
  void theBureauChangesALessonThatHasBegunWithAReasonUnlessPeopleSignedIn() {
    ClassCommand renamed =
        new ClassCommand.Schedule(
            List.of(lesson("am", LessonKind.PRACTICE, NINE, 180)), Optional.of(ILL), minutes(5));
    ClassRun other = new ClassRun(Field.open(Field.RULES));
    other.decide(new Field("D1-1", "S1").online(LI, MORNING, Act.IN, NINE));

    assertEquals(begun("am"), other.send(renamed, BUREAU));
    assertEquals(
        reject(new ClassRefusal.ReasonRequired()),
        run.send(
            new ClassCommand.Schedule(List.of(AFTERNOON), Optional.empty(), minutes(5)), BUREAU));
    assertInstanceOf(Decision.Accepted.class, run.send(renamed, BUREAU));
  }

  @Test
  void aFirstTimetableHoldsNoLessonThatHasBegunUnlessTheBureauSetsItWithAReason() {
    ClassState.Plan empty = Classes.PLAN.withTimetable(Timetable.EMPTY);
    ClassRun prepared = new ClassRun(new ClassState.Approved(empty));

    assertEquals(
        begun("am"), prepared.send(new ClassCommand.Schedule(LESSONS, minutes(1)), SCHOOL));
    assertEquals(
        reject(new ClassRefusal.ReasonRequired()),
        prepared.send(new ClassCommand.Schedule(LESSONS, minutes(1)), BUREAU));
    assertEquals(
        accept(new ClassEvent.Rescheduled(LESSONS, ILL, minutes(1))),
        prepared.send(new ClassCommand.Schedule(LESSONS, Optional.of(ILL), minutes(1)), BUREAU));
  }

  @Test
  void noLessonIsHeldBeforeTheApproval() {
    ClassState.Plan empty = Classes.PLAN.withTimetable(Timetable.EMPTY);
    Lesson early = lesson("early", LessonKind.THEORY, Classes.APPROVED_AT.minusSeconds(1), 45);

    assertEquals(
        reject(
            new ClassRefusal.LessonBeforeApproval("early", early.startsAt(), Classes.APPROVED_AT)),
        new ClassRun(new ClassState.Approved(empty))
            .send(new ClassCommand.Schedule(List.of(early), Optional.of(ILL), minutes(0)), BUREAU));
  }

  @Test
  void aLessonWithAnEarlySignInIsNotMovedToAnotherTimeUnderItsId() {
    Instant early = minutes(220);
    assertInstanceOf(ScanResult.Recorded.class, scan(Act.IN, AFTERNOON, early));

    assertEquals(begun("pm"), change(early, MORNING, TOMORROW));
  }

  @Test
  void suchALessonIsDroppedAndHeldUnderANewIdAndTheEarlyScanMarksNeither() {
    Instant early = minutes(220);
    scan(Act.IN, AFTERNOON, early);

    assertEquals(changed(early, MORNING, INSTEAD), change(early, MORNING, INSTEAD));
    Lesson again = later("pm");
    assertEquals(
        reject(new ClassRefusal.LessonBegun("pm", again.startsAt())),
        change(early, MORNING, INSTEAD, again));
    assertEquals(
        new ClassRefusal.OutWithoutIn(),
        assertInstanceOf(ScanResult.Refused.class, scan(Act.OUT, INSTEAD, INSTEAD.endsAt()))
            .reason());
    run.send(new ClassCommand.Close(LAST_SCAN.plus(Duration.ofDays(1))));
    var line =
        ClosedSheet.of(assertInstanceOf(ClassState.Closed.class, run.state())).rows().getFirst();
    assertEquals(0, line.lessonsAttended());
    assertEquals(0, line.lessonsIncomplete());
  }

  private static Lesson later(String id) {
    return lesson(id, LessonKind.PRACTICE, TOMORROW.startsAt().plus(Duration.ofDays(1)), 60);
  }

  @Test
  void aLessonStaysAsItIsWhileOthersAreChangedAroundIt() {
    scan(Act.IN, MORNING, NINE);

    assertEquals(
        changed(minutes(60), MORNING, TOMORROW, later("x")),
        change(minutes(60), MORNING, TOMORROW, later("x")));
    assertInstanceOf(ScanResult.Recorded.class, scan(Act.OUT, MORNING, MORNING.endsAt()));
  }

  @Test
  void sevenClassHoursADayAreCountedByTheDayInShanghai() {
    // Seven hours of 45 minutes are 315 minutes; four in the afternoon UTC is midnight there.
    Instant midnight = Instant.parse("2025-03-10T16:00:00Z");
    Lesson evening = lesson("e", LessonKind.THEORY, midnight.minus(Duration.ofMinutes(315)), 315);
    Lesson night = lesson("n", LessonKind.THEORY, midnight, 315);
    Lesson minute =
        lesson("m", LessonKind.THEORY, evening.startsAt().minus(Duration.ofMinutes(1)), 1);

    assertEquals(
        reject(
            new ClassRefusal.TimetableInvalid(
                "2025-03-10 has more than 7 class hours of 45 minutes")),
        change(NINE, MORNING, minute, evening, night));
    assertEquals(changed(NINE, MORNING, evening, night), change(NINE, MORNING, evening, night));
  }

  @Test
  void theEndOfAClassMovesWithItsLastLesson() {
    change(NINE, MORNING, TOMORROW);

    assertEquals(
        reject(new ClassRefusal.LessonsRemain(LAST_SCAN.plus(Duration.ofDays(1)))),
        run.send(new ClassCommand.Close(LAST_SCAN)));
  }
}
