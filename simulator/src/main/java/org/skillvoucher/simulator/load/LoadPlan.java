package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.load.LoadScenario.Bursts;

/**
 * Who comes when, as it follows from a scenario and its seed.
 *
 * @param taps in the order of their times
 * @param nobody arrivals of the schedule at whose time nobody could scan
 */
record LoadPlan(List<Tap> taps, int nobody) {
  private static final Duration ANSWERS_MAX = Duration.ofSeconds(5);
  private static final long AGAIN_MICROS_MIN = 300_000;
  private static final long AGAIN_MICROS_MAX = 3_000_000;

  LoadPlan {
    taps = List.copyOf(taps);
  }

  /**
   * Makes a plan.
   *
   * @param lessons of every class
   * @param starts business time at the load's beginning
   */
  static LoadPlan make(
      LoadScenario scenario, List<Lesson> lessons, AttendanceRules rules, Instant starts) {
    return new Maker(scenario, lessons, rules, starts).make();
  }

  /** The same load, of which only every so-manieth class is played here, from that one on. */
  LoadPlan part(Part part) {
    return new LoadPlan(taps.stream().filter(tap -> part.has(tap.classNumber())).toList(), nobody);
  }

  private static final class Maker {
    private final LoadScenario scenario;
    private final AttendanceRules rules;
    private final List<Lesson> lessons;
    private final Instant starts;
    private final SplittableRandom random;
    private final List<Tap> taps = new ArrayList<>();
    private int nobody;

    private Maker(
        LoadScenario scenario, List<Lesson> lessons, AttendanceRules rules, Instant starts) {
      this.scenario = scenario;
      this.lessons = lessons;
      this.rules = rules;
      this.starts = starts;
      random = new SplittableRandom(scenario.seed());
    }

    private LoadPlan make() {
      long seed = random.nextLong();
      bySchedule(scenario.arrivals().schedule().times(seed));
      scenario.arrivals().bursts().ifPresent(this::bursts);
      again();
      taps.sort(Comparator.comparingLong(Tap::micros));
      return new LoadPlan(taps, nobody);
    }

    private Instant business(long micros) {
      return starts.plus(
          Duration.ofNanos(Math.multiplyExact(micros * 1_000, scenario.day().speed())));
    }

    private Supply supply() {
      return new Supply(
          lessons,
          rules,
          ANSWERS_MAX.multipliedBy(scenario.day().speed()),
          scenario.door().people(),
          random.split());
    }

    /** By turns, so that no class has many at once, in an order that is no pattern. */
    private void bySchedule(long[] times) {
      int[] turns = turns(scenario.door().classes());
      List<Supply> classes = IntStream.of(turns).mapToObj(number -> supply()).toList();
      int turn = 0;
      for (long micros : times) {
        Instant at = business(micros);
        Optional<Supply.Pick> pick = Optional.empty();
        for (int tries = 0; pick.isEmpty() && tries < turns.length; tries++) {
          turn = (turn + 1) % turns.length;
          pick = classes.get(turn).next(at);
        }
        if (pick.isPresent()) {
          taps.add(tap(micros, turns[turn], pick.get()));
        } else {
          nobody++;
        }
      }
    }

    private static Tap tap(long micros, int classNumber, Supply.Pick pick) {
      return new Tap(micros, classNumber, pick.lesson(), pick.act(), pick.person(), false);
    }

    private int[] turns(int count) {
      int[] turns = new int[count];
      for (int i = 0; i < count; i++) {
        int other = random.nextInt(i + 1);
        turns[i] = turns[other];
        turns[other] = i;
      }
      return turns;
    }

    /** Each of these classes is at its door for the first lesson, at a moment of its own. */
    private void bursts(Bursts bursts) {
      Window window = supply().firstIn();
      long speed = scenario.day().speed();
      long within = bursts.within().toNanos() / 1_000 / speed;
      long opens =
          Math.max(0, Duration.between(starts, window.opensAt()).toNanos() / 1_000 / speed);
      long closes =
          Math.min(
              scenario.arrivals().schedule().lasts().toNanos() / 1_000,
              Duration.between(starts, window.closesAt()).toNanos() / 1_000 / speed);
      long room = Math.max(1, closes - within - opens);
      for (int number = 0; number < bursts.classes(); number++) {
        long begins = opens + random.nextLong(room);
        int people = Math.min(bursts.people(), scenario.door().people());
        for (int person = 0; person < people; person++) {
          taps.add(
              new Tap(
                  begins + random.nextLong(Math.max(1, within)),
                  scenario.door().classes() + number,
                  0,
                  Act.IN,
                  person,
                  false));
        }
      }
    }

    private void again() {
      List<Tap> first = List.copyOf(taps);
      for (Tap tap : first) {
        if (random.nextInt(100) < scenario.arrivals().rescans()) {
          taps.add(tap.later(random.nextLong(AGAIN_MICROS_MIN, AGAIN_MICROS_MAX)));
        }
      }
    }
  }
}
