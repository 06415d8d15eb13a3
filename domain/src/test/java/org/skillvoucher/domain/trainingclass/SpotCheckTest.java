package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.receipt.Act;

/** The unannounced check (抽查) in the middle of a lesson. */
final class SpotCheckTest {
  private final ClassRun run = new ClassRun(Field.open(Field.RULES));
  private final Field door = new Field("D1-1", "S1");

  private Decision<ClassEvent, ClassRefusal> call(LessonId lesson, int minutes, Instant at) {
    return run.send(new ClassCommand.CallSpotCheck(lesson, minutes, "token-1", at));
  }

  private static Decision<ClassEvent, ClassRefusal> called(Window window, Instant at) {
    return accept(new ClassEvent.SpotCheckCalled(MORNING.id(), window, "token-1", at));
  }

  private ScanResult check(Lesson lesson, Instant at) {
    return run.decide(
            new Field("D" + at.getEpochSecond() + "-1", "S1").online(LI, lesson, Act.CHECK, at))
        .result();
  }

  @Test
  void aCheckCountsFromTheCallOnForSoManyMinutes() {
    assertEquals(
        called(new Window(minutes(60), minutes(70)), minutes(60)),
        call(MORNING.id(), 10, minutes(60)));

    var before = new ScanResult.Refused(new ClassRefusal.OutsideWindow(minutes(60), minutes(70)));
    assertEquals(before, check(MORNING, minutes(60).minusMillis(1)));
    assertEquals(before, check(MORNING, minutes(70)));
    assertInstanceOf(ScanResult.Recorded.class, check(MORNING, minutes(70).minusMillis(1)));
  }

  @Test
  void aCheckEndsWithItsLessonAtTheLatest() {
    assertEquals(
        called(new Window(minutes(175), minutes(180)), minutes(175)),
        call(MORNING.id(), 10, minutes(175)));
  }

  @Test
  void aCheckIsCalledWhileItsLessonRunsAndNotBeforeOrAfter() {
    for (Instant outside : List.of(NINE.minusMillis(1), MORNING.endsAt())) {
      assertEquals(
          reject(new ClassRefusal.OutsideWindow(NINE, MORNING.endsAt())),
          call(MORNING.id(), 10, outside));
    }
    assertEquals(called(new Window(NINE, minutes(10)), NINE), call(MORNING.id(), 10, NINE));
  }

  @Test
  void aLessonThatIsNotOnTheTimetableIsNotChecked() {
    assertEquals(reject(new ClassRefusal.NoSuchLesson()), call(new LessonId("night"), 10, NINE));
  }

  @Test
  void aLessonIsCheckedOnceAndTheFirstCallCounts() {
    call(MORNING.id(), 10, minutes(60));

    assertEquals(already(), call(MORNING.id(), 30, minutes(100)));
    assertInstanceOf(ScanResult.Refused.class, check(MORNING, minutes(100)));
  }

  @Test
  void withoutACallNoCheckCounts() {
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.OutsideWindow(MORNING.endsAt(), MORNING.endsAt())),
        check(MORNING, minutes(60)));
  }

  @Test
  void aCheckOfOneLessonIsNoneOfAnother() {
    call(MORNING.id(), 10, minutes(60));

    assertInstanceOf(ScanResult.Refused.class, check(AFTERNOON, minutes(60)));
  }

  @Test
  void theSheetNamesWhoMissedTheCheckAndDeductsNothing() {
    run.decide(door.online(LI, MORNING, Act.IN, NINE));
    run.decide(door.online(WANG, MORNING, Act.IN, NINE.plusSeconds(1)));
    call(MORNING.id(), 10, minutes(60));
    run.decide(door.online(LI, MORNING, Act.CHECK, minutes(61)));
    run.decide(door.online(LI, MORNING, Act.OUT, minutes(180)));
    run.decide(door.online(WANG, MORNING, Act.OUT, minutes(181)));
    run.send(new ClassCommand.Close(LAST_SCAN));

    var lines = ClosedSheet.of(assertInstanceOf(ClassState.Closed.class, run.state())).rows();
    assertEquals(List.of(0, 1), lines.stream().map(l -> l.detail().spotChecksMissed()).toList());
    assertEquals(List.of(180L, 180L), lines.stream().map(l -> l.minutesAttended()).toList());
  }

  @Test
  void offlineACheckCountsByTheTimeItWasTapped() {
    call(MORNING.id(), 10, minutes(60));
    Instant nextDay = minutes(24 * 60);

    assertInstanceOf(
        ScanResult.Refused.class,
        run.decide(door.offline(LI, MORNING, Act.CHECK, minutes(59), nextDay)).result());
    assertInstanceOf(
        ScanResult.Recorded.class,
        run.decide(door.offline(LI, MORNING, Act.CHECK, minutes(61), nextDay)).result());
  }
}
