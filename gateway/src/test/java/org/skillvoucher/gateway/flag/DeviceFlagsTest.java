package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;

/** The rules are so small here: four taps a minute, six people a day, 24 hours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceFlagsTest {
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

  private static FlaggedClass held(String id) {
    return FlaggedClass.withoutTeacher(id, 2).scheduled(lesson("L1", NINE, 90));
  }

  @Test
  void fiveTapsWithinAMinuteAreFlagged() {
    FlaggedClass one = held("C1");
    for (int n = 0; n < 5; n++) {
      one.in(n, "L1", seconds(30 + 14 * n)); // over the full minute
    }
    flags.apply(one);
    assertEquals(List.of("tap_rate C1 open"), flags.flags());
    assertEquals(
        Map.of("taps", 5L, "tapsAMinuteMax", 4L, "from", "2026-03-02T01:00:30Z"),
        flags.facts("tap_rate", "C1"));
    assertEquals("D1-1", flags.one("device", "tap_rate", "C1"));
    assertEquals("L1", flags.one("lesson", "tap_rate", "C1"));
    assertEquals("2026-03-02T01:00:30Z", flags.one("raised_at", "tap_rate", "C1"));
  }

  @Test
  void fiveTapsInAMinuteOrOnSeveralDevicesOrPhonesAreFine() {
    FlaggedClass one = held("C1");
    for (int n = 0; n < 5; n++) {
      one.in(n, "L1", seconds(15 * n)); // the fifth a whole minute after the first
    }
    for (int n = 10; n < 20; n++) {
      one.phone(n, "L1", seconds(n));
    }
    one.tap(9, "L1", Act.IN, seconds(40), Way.on("D2-1", "S1"));
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void theTapsOfTwoClassesOnOneDeviceAddUp() {
    FlaggedClass one = held("C1").in(1, "L1", seconds(0)).in(2, "L1", seconds(10));
    FlaggedClass other =
        held("C2").in(3, "L1", seconds(20)).in(4, "L1", seconds(30)).in(5, "L1", seconds(40));
    flags.apply(one, other);
    assertEquals(List.of("tap_rate C1 open"), flags.flags());
    assertEquals(5L, flags.facts("tap_rate", "C1").get("taps"));
  }

  @Test
  void aTapThatWasRefusedAsTooFastIsFlaggedByItself() {
    flags.apply(
        held("C1").in(1, "L1", seconds(0)).noted(DeviceAnomaly.TAP_RATE, "L1", 2, 2, seconds(0)));
    assertEquals(List.of("tap_rate C1 open"), flags.flags());
    Map<String, Object> facts = flags.facts("tap_rate", "C1");
    assertEquals(1L, facts.get("tooFast"));
    assertEquals(500L, facts.get("tapIntervalMillisMin"));
    assertEquals("2026-03-02T01:00:00Z", facts.get("tooFastFrom"));
  }

  @Test
  void anOfflineTapThatCameTooFastIsFlaggedToo() {
    Way batch = Way.KIOSK.arriving(seconds(600));
    flags.apply(held("C1").aside(1, "L1", Act.IN, seconds(1), batch, "tap_rate"));
    assertEquals(List.of("tap_rate C1 open"), flags.flags());
  }

  @Test
  void aSeventhPersonOnOneDeviceADayIsFlagged() {
    FlaggedClass one = held("C1");
    for (int n = 0; n < 4; n++) {
      one.in(n, "L1", seconds(60 * n));
    }
    FlaggedClass other =
        FlaggedClass.withoutTeacher("C2", 1)
            .scheduled(lesson("M1", NINE.plus(Duration.ofHours(6)), 90));
    for (int n = 2; n < 7; n++) {
      other.in(n, "M1", NINE.plus(Duration.ofHours(6)).plusSeconds(60L * n));
    }
    flags.apply(one, other);
    assertEquals(List.of("device_people C1 open", "device_people C2 open"), flags.flags());
    assertEquals(
        Map.of("day", "2026-03-02", "people", 7L, "peopleMax", 6L),
        flags.facts("device_people", "C1"));
    assertEquals("2026-03-02T07:06:00Z", flags.one("raised_at", "device_people", "C1"));
  }

  @Test
  void sixPeopleADayMayTapAsOftenAsTheyLike() {
    FlaggedClass one = held("C1");
    for (int n = 0; n < 6; n++) {
      one.in(n, "L1", seconds(60 * n)).out(n, "L1", seconds(5000 + 60 * n));
    }
    FlaggedClass next =
        FlaggedClass.withoutTeacher("C2", 1)
            .scheduled(lesson("M1", NINE.plus(Duration.ofHours(15)), 90));
    flags.apply(one, next.in(7, "M1", NINE.plus(Duration.ofHours(15)))); // the day after
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void statementsThatCameMoreThanADayLateAreFlaggedOnce() {
    Instant arrivedAt = NINE.plus(Duration.ofHours(24)).plusSeconds(61);
    Way batch = Way.KIOSK.arriving(arrivedAt);
    flags.apply(
        held("C1")
            .tap(1, "L1", Act.IN, seconds(0), batch)
            .tap(2, "L1", Act.IN, seconds(60), batch)
            .tap(3, "L1", Act.IN, seconds(61), batch)
            .aside(4, "L1", Act.IN, seconds(1), batch, "captured")
            .aside(5, "L1", Act.IN, seconds(-90_000), batch, "tap_time_unprovable"));
    assertEquals(List.of("late_upload C1 open"), flags.flags());
    assertEquals(
        Map.of(
            "statements",
            3L,
            "longestMinutes",
            1441L,
            "hoursMax",
            24L,
            "firstTappedAt",
            "2026-03-02T01:00:00Z",
            "firstArrivedAt",
            arrivedAt.toString()),
        flags.facts("late_upload", "C1"));
    assertEquals(arrivedAt.toString(), flags.one("raised_at", "late_upload", "C1"));
  }

  @Test
  void aBatchOfTheSameDayIsNotLate() {
    Way batch = Way.KIOSK.arriving(NINE.plus(Duration.ofHours(24)));
    flags.apply(held("C1").tap(900, "L1", Act.IN, seconds(0), batch));
    assertEquals(List.of(), flags.flags());
  }

  private static FlaggedClass gap() {
    return held("C1").in(1, "L1", seconds(0)).noted(DeviceAnomaly.GAP, "L1", 2, 4, seconds(100));
  }

  @Test
  void missingCountersAreFlaggedUntilTheyHaveCome() {
    FlaggedClass one = gap();
    flags.apply(one);
    assertEquals(List.of("counter_gap C1 open"), flags.flags());
    assertEquals(
        Map.of("expected", 2L, "received", 4L, "missing", 2L), flags.facts("counter_gap", "C1"));
    assertEquals("D1-1", flags.one("device", "counter_gap", "C1"));
    Way batch = Way.KIOSK.arriving(seconds(200));
    flags.apply(one.tap(2, "L1", Act.IN, seconds(30), batch));
    assertEquals(1L, flags.facts("counter_gap", "C1").get("missing"));
    // Whatever became of it, it is not missing.
    flags.apply(one.aside(3, "L1", Act.IN, seconds(50), batch, "tap_time_unprovable"));
    assertEquals(List.of("counter_gap C1 cleared"), flags.flags());
    assertEquals(0L, flags.facts("counter_gap", "C1").get("missing"));
  }

  @Test
  void aGapThatWasWaivedStaysFlagged() {
    FlaggedClass one = gap().waived(2, 4, seconds(300)).skip(2);
    flags.apply(one.in(4, "L1", seconds(310)).in(5, "L1", seconds(320)));
    assertEquals(List.of("counter_gap C1 open"), flags.flags());
    assertEquals(seconds(300).toString(), flags.facts("counter_gap", "C1").get("waivedAt"));
  }

  @Test
  void countersInTheirOrderAreNoGap() {
    flags.apply(held("C1").in(1, "L1", seconds(0)).in(2, "L1", seconds(60)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void twoStatementsOfOneCounterAreFlaggedForGood() {
    FlaggedClass one = held("C1").in(1, "L1", seconds(0));
    flags.apply(one.noted(DeviceAnomaly.FORK, "L1", 2, 1, seconds(100)));
    assertEquals(List.of("counter_fork C1 open"), flags.flags());
    assertEquals(1L, flags.facts("counter_fork", "C1").get("counter"));
    assertEquals(2L, flags.facts("counter_fork", "C1").get("expected"));
    assertEquals(seconds(100).toString(), flags.one("raised_at", "counter_fork", "C1"));
  }
}
