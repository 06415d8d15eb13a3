package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.BusiestMinutes.Busiest;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.RandomEvents;

/** One device that hundreds of people use in a few minutes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusyDeviceTest {
  private static final int PEOPLE = 200;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = BusiestMinutes.MINUTE_MILLIS;
  private final FlagsFixture flags = new FlagsFixture();

  @AfterAll
  void stop() {
    flags.close();
  }

  private static TapObservation tap(int number, long at, Random random) {
    boolean counted = random.nextInt(4) > 0;
    return new TapObservation(
        "C" + random.nextInt(2),
        "L" + random.nextInt(3),
        Act.IN,
        counted ? Optional.of("P" + random.nextInt(PEOPLE)) : Optional.empty(),
        Optional.of(Instant.ofEpochMilli(at)),
        Optional.of("D1-1"),
        number,
        Optional.empty(),
        false,
        new TapObservation.Recorded(
            "D1-1/" + number, counted, random.nextInt(50) == 0, Optional.empty()),
        Optional.empty());
  }

  /** The same tap when it was verified, or turned out to be too fast. */
  private static TapObservation again(TapObservation tap, Random random) {
    TapObservation later = tap(0, tap.tappedMillis(), random);
    return tap.mergedWith(later);
  }

  private static void checkDay(List<TapObservation> all, Taps taps, long day) {
    Map<String, Long> firsts = new HashMap<>();
    all.stream()
        .filter(tap -> tap.tappedMillis() / DAY == day && tap.record().counted())
        .forEach(tap -> firsts.merge(tap.person().orElseThrow(), tap.tappedMillis(), Math::min));
    TapsOfDay of = taps.day(day * DAY, (day + 1) * DAY);
    assertEquals(firsts.size(), of.people());
    List<Long> ordered = firsts.values().stream().sorted().toList();
    for (int most : List.of(5, 121)) {
      if (ordered.size() >= most) {
        assertEquals(ordered.get(most - 1), of.when(most));
      }
    }
  }

  private static Busiest busiest(List<TapObservation> all, FlagLesson.Id lesson) {
    long most = 0;
    long from = 0;
    long fast = 0;
    long fastFrom = 0;
    for (TapObservation tap : all) {
      long at = tap.tappedMillis();
      if (tap.ofLesson().equals(lesson)) {
        long taps =
            all.stream()
                .filter(one -> one.tappedMillis() >= at && one.tappedMillis() < at + MINUTE)
                .count();
        if (taps > most || (taps == most && at < from)) {
          most = taps;
          from = at;
        }
        if (tap.record().tooFast()) {
          fastFrom = fast == 0 ? at : Math.min(fastFrom, at);
          fast++;
        }
      }
    }
    return new Busiest(
        lesson, most, Instant.ofEpochMilli(from), fast, Instant.ofEpochMilli(fastFrom));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsMaintainedTapByTapAreThoseOfAllTaps(long seed) {
    Random random = new Random(seed);
    Taps taps = new Taps(Long.MIN_VALUE);
    List<TapObservation> all = new ArrayList<>();
    boolean dropped = false;
    boolean readAgain = false;
    long now = 20_000 * DAY - Duration.ofMinutes(3).toMillis();
    for (int number = 0; number < 700; number++) {
      now += random.nextInt(100) == 0 ? random.nextInt(200_000) : random.nextInt(500);
      long late = random.nextInt(5) == 0 ? random.nextInt(100_000) : 0;
      int known = random.nextInt(1 + all.size());
      TapObservation tap;
      if (random.nextInt(8) == 0 && known < all.size()) {
        tap = again(all.get(known), random);
        taps.replace(all.get(known), tap);
        all.set(known, tap);
      } else {
        tap = tap(number, now - late, random);
        taps.add(tap);
        all.add(tap);
      }
      dropped |= taps.all().size() < all.size();
      if (!taps.reach(Long.MIN_VALUE)) {
        readAgain = true;
        taps = new Taps(Long.MIN_VALUE);
        all.forEach(taps::add);
      }
      checkDay(all, taps, tap.tappedMillis() / DAY);
      List<Busiest> around = taps.minutes().around(tap.tappedMillis());
      assertTrue(around.stream().anyMatch(one -> one.of().equals(tap.ofLesson())));
      for (Busiest one : around) {
        assertEquals(busiest(all, one.of()), one);
      }
    }
    assertTrue(dropped && readAgain);
  }

  @Test
  void yesterdaysTapsDoNotKeepTodaysInMemory() {
    Random random = new Random(1);
    Taps taps = new Taps(Long.MIN_VALUE);
    List<TapObservation> all = new ArrayList<>();
    for (int number = 0; number < 300; number++) {
      long day = number < 20 ? 20_000 * DAY : 20_001 * DAY;
      TapObservation tap = tap(number, day + number * 10_000L, random);
      taps.add(tap);
      all.add(tap);
      if (number >= 20) {
        checkDay(all, taps, 20_001);
        taps.minutes();
      }
    }
    assertTrue(taps.all().size() < 80, () -> taps.all().size() + " are kept");
    checkDay(all, taps, 20_000);
  }

  private record Made(String classId, int person, long millis) {}

  /** As many as come, in the order in which they arrive. */
  private static List<FeedEnvelope> events(List<Made> made, Random random) {
    List<FlaggedClass> classes =
        List.of(
            FlaggedClass.withoutTeacher("C1", 2).scheduled(lesson("L1", NINE, 90)),
            FlaggedClass.withoutTeacher("C2", 2).scheduled(lesson("L1", NINE, 90)));
    made.forEach(
        one ->
            classes
                .get(one.classId().equals("C1") ? 0 : 1)
                .in(one.person(), "L1", NINE.plusMillis(one.millis())));
    return RandomEvents.mixed(classes.stream().map(FlaggedClass::feed).toList(), random);
  }

  private List<String> found() {
    return flags.database.column(
        """
        SELECT concat_ws(' ', flag_id, kind, state, lesson, facts, raised_at) FROM flag
        WHERE kind IN ('device_people', 'tap_rate') ORDER BY 1""");
  }

  @Test
  void hundredsOfPeopleGiveTheSameFlagsInWhateverOrderAndGroupsTheyArrive() {
    List<Made> made =
        new ArrayList<>(
            IntStream.range(0, PEOPLE)
                .mapToObj(n -> new Made(n % 3 == 0 ? "C1" : "C2", n, n * 700L + n % 7))
                .toList());
    flags.empty();
    flags.apply(events(made, new Random(0)));
    List<String> inOrder = found();
    assertEquals(4, inOrder.size(), inOrder::toString);
    assertEquals((long) PEOPLE, flags.facts("device_people", "C1").get("people"));
    for (int seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(made, random);
      List<FeedEnvelope> events = events(made, random);
      flags.empty();
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(80));
        flags.applyTogether(events.subList(from, to));
        from = to;
        if (random.nextInt(3) == 0) {
          flags.restart();
        }
      }
      assertEquals(inOrder, found());
    }
  }
}
