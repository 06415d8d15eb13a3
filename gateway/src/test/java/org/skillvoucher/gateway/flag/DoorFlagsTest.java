package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;

/** Flags about how people were signed in: by whom vouched, where, and without a voucher. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorFlagsTest {
  private final FlagsFixture flags = new FlagsFixture();

  @BeforeEach
  void empty() {
    flags.empty();
  }

  @AfterAll
  void stop() {
    flags.close();
  }

  private static Instant seconds(int seconds) {
    return NINE.plusSeconds(seconds);
  }

  private static FlaggedClass held(VoucherAtDoor voucher) {
    return FlaggedClass.ofDoor("C1", voucher)
        .scheduled(
            lesson("L1", NINE, 60),
            lesson("L2", NINE.plus(Duration.ofHours(1)), 60),
            lesson("L3", NINE.plus(Duration.ofHours(2)), 60),
            lesson("L4", NINE.plus(Duration.ofHours(3)), 60));
  }

  @Test
  void aWitnessVouchesForTwoPeopleOfALessonAndTheThirdRaisesAFlag() {
    FlaggedClass one = held(VoucherAtDoor.NOT_NEEDED);
    one.vouched(1, "L1", seconds(0), FlaggedClass.TEACHER);
    one.vouched(2, "L1", seconds(10), FlaggedClass.TEACHER);
    flags.apply(one);
    assertEquals(List.of(), flags.flags());

    flags.empty();
    one.vouched(3, "L1", seconds(20), FlaggedClass.TEACHER);
    flags.apply(one);
    assertEquals(List.of("witness_overused C1 open"), flags.flags());
    assertEquals(3L, flags.facts("witness_overused", "C1").get("people"));
    assertEquals("2026-03-02T01:00:20Z", flags.one("raised_at", "witness_overused", "C1"));
  }

  @Test
  void aPersonIsSignedInByAWitnessInThreeLessonsAndTheFourthRaisesAFlag() {
    FlaggedClass one = held(VoucherAtDoor.NOT_NEEDED);
    for (int n = 1; n <= 4; n++) {
      one.vouched(1, "L" + n, NINE.plus(Duration.ofHours(n - 1)), FlaggedClass.TEACHER);
    }
    flags.apply(one);
    assertEquals(List.of("witness_overused C1 open"), flags.flags());
    assertEquals(FlaggedClass.person(1), flags.one("person", "witness_overused", "C1"));
    assertEquals(4L, flags.facts("witness_overused", "C1").get("lessons"));
  }

  @Test
  void aDeviceOfAnotherSiteThanTheLessonsFirstScanIsFlagged() {
    FlaggedClass one =
        held(VoucherAtDoor.NOT_NEEDED)
            .in(1, "L1", seconds(5))
            .tap(2, "L1", Act.IN, seconds(10), Way.on("D9-1", "S9"));
    flags.apply(one);
    assertEquals(List.of("device_off_venue C1 open"), flags.flags());
    assertEquals("D9-1", flags.one("device", "device_off_venue", "C1"));
  }

  @Test
  void aScanThatArrivesLaterAndWasEarlierDecidesWhichSiteIsTheOther() {
    FlaggedClass one =
        held(VoucherAtDoor.NOT_NEEDED)
            .tap(2, "L1", Act.IN, seconds(10), Way.on("D9-1", "S9"))
            .tap(1, "L1", Act.IN, seconds(5), Way.KIOSK.arriving(seconds(7000)));
    flags.apply(one);
    assertEquals(List.of("device_off_venue C1 open"), flags.flags());
    assertEquals("D9-1", flags.one("device", "device_off_venue", "C1"));
  }

  @Test
  void aTraineeWithoutAVoucherIsFlaggedWhereTheRegionAsksForIt() {
    flags.apply(
        held(VoucherAtDoor.FLAGGED)
            .in(1, "L1", seconds(0))
            .in(FlaggedClass.TEACHER, "L1", seconds(5)));
    assertEquals(List.of("no_voucher C1 open"), flags.flags());
    assertEquals(FlaggedClass.person(1), flags.one("person", "no_voucher", "C1"));

    flags.empty();
    flags.apply(held(VoucherAtDoor.NOT_NEEDED).in(1, "L1", seconds(0)));
    assertEquals(List.of(), flags.flags());
  }
}
