package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ScanCommand;

/** Faster than people can tap (连续刷卡): half a second between two by the neutral pack. */
final class TapRateTest {
  private static final Instant NEXT_DAY = minutes(24 * 60);
  private static final ScanResult TOO_FAST = new ScanResult.Refused(new ClassRefusal.TapRate());

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));
  private final Field door = new Field("D1-1", "S1");

  private ScanCommand.RecordAttendance offline(
      org.skillvoucher.domain.identity.PersonPseudonym person, Instant at) {
    return door.offline(person, MORNING, Act.IN, at, NEXT_DAY);
  }

  private void isRecorded(ScanCommand.RecordAttendance tap) {
    assertInstanceOf(ScanResult.Recorded.class, run.decide(tap).result());
  }

  @Test
  void halfASecondIsEnoughAndAMillisecondLessIsNot() {
    isRecorded(offline(LI, NINE));
    assertEquals(TOO_FAST, run.decide(offline(WANG, NINE.plusMillis(499))).result());
    isRecorded(offline(WANG, NINE.plusMillis(999)));
  }

  @Test
  void offlineATapThatWasTooFastStaysSoHoweverOftenItIsSent() {
    isRecorded(offline(LI, NINE));
    var fast = offline(WANG, NINE.plusMillis(100));

    for (int i = 0; i < 3; i++) {
      assertEquals(TOO_FAST, run.decide(fast).result());
    }
    assertEquals(
        List.of("tap_rate"),
        run.events().stream()
            .filter(ClassEvent.Quarantined.class::isInstance)
            .map(event -> ((ClassEvent.Quarantined) event).reason())
            .toList());
  }

  @Test
  void offlineATapThatWasTooFastDoesNotBecomeSlowByWaitingForItsCard() {
    isRecorded(offline(LI, NINE));
    var fast = offline(WANG, NINE.plusMillis(100));
    run.decide(door.quarantine(fast, "captured"));

    assertEquals(TOO_FAST, run.decide(fast).result());
  }

  @Test
  void aTapInGoodTimeThatWaitedForItsCardCountsWhenOthersCameInBetween() {
    var slow = offline(LI, NINE);
    run.decide(door.quarantine(slow, "captured"));
    isRecorded(offline(WANG, NINE.plusMillis(500)));

    isRecorded(slow);
  }

  @Test
  void theSamePersonAgainIsNoSecondPerson() {
    isRecorded(offline(LI, NINE));

    assertInstanceOf(
        ScanResult.Duplicate.class, run.decide(offline(LI, NINE.plusMillis(100))).result());
  }

  @Test
  void twoDevicesMayBeTappedAtOnce() {
    isRecorded(offline(LI, NINE));

    isRecorded(new Field("D2-1", "S1").offline(WANG, MORNING, Act.IN, NINE, NEXT_DAY));
  }

  @Test
  void aClockSetBackIsNoFastTap() {
    isRecorded(offline(LI, NINE));

    isRecorded(offline(WANG, NINE.minusMillis(1)));
  }

  @Test
  void onlineTheDeviceIsNotedOnceAMinute() {
    isRecorded(door.online(LI, MORNING, Act.IN, NINE));
    for (int millis : new int[] {100, 200, 300}) {
      var copy = new Field("D1-1", "S1");
      copy.online(LI, MORNING, Act.IN, NINE);
      assertEquals(
          TOO_FAST,
          run.decide(copy.online(WANG, MORNING, Act.IN, NINE.plusMillis(millis))).result());
    }

    assertEquals(1, run.events().stream().filter(ClassEvent.DeviceNoted.class::isInstance).count());
  }
}
