package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Scan;

/** Whether a tap's own time is believed: by its beacon, the monotonic clock since, its arrival. */
final class TapTimesTest {
  private static final Duration SKEW = Duration.ofMinutes(2);
  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private static final Instant NEXT_DAY = minutes(24 * 60);
  private static final ScanResult UNPROVABLE =
      new ScanResult.Refused(new ClassRefusal.TapTimeUnprovable(72));

  private static ScanResult decide(
      Instant tap, Duration mono, Optional<Instant> beacon, Instant arrived) {
    return run(Field.RULES, tap, mono, beacon, arrived).getValue();
  }

  private static java.util.Map.Entry<ClassRun, ScanResult> run(
      FieldRules rules, Instant tap, Duration mono, Optional<Instant> beacon, Instant arrived) {
    ClassRun run = new ClassRun(Field.open(rules));
    var statement =
        new DeviceStatement(
                "D1-1",
                1,
                1,
                tap,
                mono.toMillis(),
                "beacon",
                "",
                "crd",
                DeviceStatement.NO_PREVIOUS,
                "signature",
                Optional.empty())
            .signedWith(new DeviceStatement.Signed(DeviceSuite.P256, "hash"));
    var scan =
        new Scan(
            LI, MORNING.id(), Act.IN, new Scan.Fingerprint(1), new Scan.Fingerprint(2), statement);
    var how =
        new Circumstances(
            "S1",
            "R1",
            Optional.of(new Offline(beacon, arrived)),
            Optional.empty(),
            Optional.empty());
    return java.util.Map.entry(run, run.decide(Field.tap(scan, how, arrived)).result());
  }

  private static void isRecorded(ScanResult outcome) {
    assertInstanceOf(ScanResult.Recorded.class, outcome);
  }

  @Test
  void theBeaconAndTheTimeSinceMustAgreeWithTheClockToTwoMinutes() {
    Duration hour = Duration.ofHours(1);
    Instant beacon = NINE.minus(hour);

    for (Duration off : new Duration[] {SKEW, SKEW.negated(), Duration.ZERO}) {
      isRecorded(decide(NINE, hour.plus(off), Optional.of(beacon), NEXT_DAY));
    }
    for (Duration off : new Duration[] {SKEW.plusMillis(1), SKEW.plusMillis(1).negated()}) {
      assertEquals(UNPROVABLE, decide(NINE, hour.plus(off), Optional.of(beacon), NEXT_DAY));
    }
  }

  @Test
  void aTapCountsSeventyTwoHoursAfterItAndNotAMillisecondLonger() {
    Optional<Instant> beacon = Optional.of(NINE);

    isRecorded(decide(NINE, Duration.ZERO, beacon, NINE.plus(THREE_DAYS)));
    assertEquals(
        UNPROVABLE, decide(NINE, Duration.ZERO, beacon, NINE.plus(THREE_DAYS).plusMillis(1)));
  }

  @Test
  void aBeaconProvesNothingSeventyTwoHoursAfterItWasReceived() {
    Instant beacon = NINE.minus(THREE_DAYS);

    isRecorded(decide(NINE, THREE_DAYS, Optional.of(beacon), minutes(60)));
    assertEquals(
        UNPROVABLE,
        decide(NINE, THREE_DAYS.plusMillis(1), Optional.of(beacon.minusMillis(1)), minutes(60)));
  }

  @Test
  void aTapIsNotFromTheFuture() {
    Instant beacon = NINE.minus(Duration.ofMinutes(10));
    Duration since = Duration.ofMinutes(10);

    isRecorded(decide(NINE, since, Optional.of(beacon), NINE.minus(SKEW)));
    assertEquals(
        UNPROVABLE, decide(NINE, since, Optional.of(beacon), NINE.minus(SKEW).minusMillis(1)));
  }

  @Test
  void whatArrivesWithinTwoMinutesNeedsNoBeacon() {
    isRecorded(decide(NINE, Duration.ZERO, Optional.empty(), NINE.plus(SKEW)));
    isRecorded(decide(NINE, Duration.ZERO, Optional.empty(), NINE.minus(SKEW)));
    assertEquals(
        UNPROVABLE, decide(NINE, Duration.ZERO, Optional.empty(), NINE.plus(SKEW).plusMillis(1)));
  }

  @Test
  void aMonotonicClockThatRunsBackwardsIsHeldAgainstTheClockToo() {
    assertEquals(UNPROVABLE, decide(NINE, Duration.ofHours(-1), Optional.of(NINE), NEXT_DAY));
    assertEquals(
        UNPROVABLE, decide(NINE, Duration.ofMillis(Long.MIN_VALUE), Optional.of(NINE), NEXT_DAY));
    assertEquals(
        UNPROVABLE, decide(NINE, Duration.ofMillis(Long.MAX_VALUE), Optional.of(NINE), NEXT_DAY));
  }

  @Test
  void theReceiptHoldsTheEarliestAndTheLatestTimeOfTheTap() {
    Instant beacon = NINE.minus(Duration.ofHours(1));
    ReceiptDraft.Tap proven = tap(Optional.of(beacon), NEXT_DAY);
    ReceiptDraft.Tap fresh = tap(Optional.empty(), NINE.plusSeconds(60));

    assertEquals(
        new ReceiptDraft.Tap(
            NINE.toEpochMilli(),
            Optional.of(beacon.toEpochMilli()),
            Optional.of(NEXT_DAY.toEpochMilli())),
        proven);
    assertEquals(
        new ReceiptDraft.Tap(
            NINE.toEpochMilli(),
            Optional.of(NINE.minusSeconds(60).toEpochMilli()),
            Optional.of(NINE.plusSeconds(60).toEpochMilli())),
        fresh);
  }

  private static ReceiptDraft.Tap tap(Optional<Instant> beacon, Instant arrived) {
    return run(Field.RULES, NINE, Duration.ofHours(1), beacon, arrived)
        .getKey()
        .drafts()
        .getFirst()
        .tap();
  }

  @Test
  void aRegionMayBelieveLess() {
    var strict = new FieldRules(24, 30, 500, 10, false, 7, false);
    Optional<Instant> beacon = Optional.of(NINE);

    isRecorded(
        run(strict, NINE, Duration.ZERO, beacon, NINE.plus(Duration.ofHours(24))).getValue());
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.TapTimeUnprovable(24)),
        run(strict, NINE, Duration.ZERO, beacon, NINE.plus(Duration.ofHours(25))).getValue());
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.TapTimeUnprovable(24)),
        run(strict, NINE, Duration.ofSeconds(31), beacon, NEXT_DAY).getValue());
  }

  @Test
  void anUnprovableTapUsesUpItsCounterAndGivesNoReceipt() {
    var ruled = run(Field.RULES, NINE, Duration.ZERO, Optional.empty(), NEXT_DAY);

    assertEquals(0, ruled.getKey().attended().size());
    assertEquals(
        "tap_time_unprovable",
        assertInstanceOf(ClassEvent.Quarantined.class, ruled.getKey().events().getFirst())
            .reason());
  }
}
