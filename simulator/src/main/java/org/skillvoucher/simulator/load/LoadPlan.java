package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.load.LoadScenario.Bursts;

/**
 * Who comes when, as it follows from a scenario and its seed: the same taps in the same order each
 * time it is gone through. They are made one by one as they are asked for, because hours of a load
 * have more of them than fit into memory.
 */
final class LoadPlan implements Iterable<Tap> {
  private static final Duration ANSWERS_MAX = Duration.ofSeconds(5);
  private static final long AGAIN_MICROS_MIN = 300_000;
  private static final long AGAIN_MICROS_MAX = 3_000_000;
  private static final Comparator<Tap> IN_TIME =
      Comparator.comparingLong(Tap::micros)
          .thenComparingInt(Tap::classNumber)
          .thenComparingInt(Tap::lesson)
          .thenComparingInt(Tap::person);

  private final LoadScenario scenario;
  private final TapSource.Openings openings;
  private final Instant starts;
  private final LoadShare part;

  private LoadPlan(
      LoadScenario scenario, TapSource.Openings openings, Instant starts, LoadShare part) {
    this.scenario = scenario;
    this.openings = openings;
    this.starts = starts;
    this.part = part;
  }

  /**
   * Makes a plan.
   *
   * @param lessons of the first class
   * @param starts business time at the load's beginning
   */
  static LoadPlan make(
      LoadScenario scenario, List<Lesson> lessons, AttendanceRules rules, Instant starts) {
    Duration slack = ANSWERS_MAX.multipliedBy(scenario.day().speed());
    return new LoadPlan(
        scenario, TapSource.Openings.of(lessons, rules, slack), starts, LoadShare.WHOLE);
  }

  /** The same load, of which only every so-manieth class is played here, from that one on. */
  LoadPlan part(LoadShare share) {
    return new LoadPlan(scenario, openings, starts, share);
  }

  /** The taps in the order of their times. */
  @Override
  public Iterator<Tap> iterator() {
    return new Taps();
  }

  /** The first moment, since the load's beginning, at which somebody is to come and nobody can. */
  Optional<Duration> lacking() {
    Taps taps = new Taps();
    while (taps.lackingMicros < 0 && taps.hasNext()) {
      taps.next();
    }
    return taps.lackingMicros < 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(taps.lackingMicros * 1_000));
  }

  private final class Taps implements Iterator<Tap> {
    private final PrimitiveIterator.OfLong times;
    private final int[] turns;
    private final List<TapSource> classes;

    /** Whether somebody taps again, and when. */
    private final SplittableRandom again;

    /** Bursts and second taps: known before their time. */
    private final PriorityQueue<Tap> ahead = new PriorityQueue<>(IN_TIME);

    private int turn;
    private Optional<Tap> scheduled;
    private Optional<Tap> next;
    private long lackingMicros = -1;

    private Taps() {
      SplittableRandom random = new SplittableRandom(scenario.seed());
      times = scenario.arrivals().schedule().times(random.nextLong());
      again = random.split();
      turns = turns(scenario.door().classes(), random);
      classes = IntStream.of(turns).mapToObj(number -> supply(number, random.split())).toList();
      scenario.arrivals().bursts().ifPresent(bursts -> bursts(bursts, random));
      scheduled = schedule();
      next = advance();
    }

    private TapSource supply(int number, SplittableRandom random) {
      return new TapSource(openings, scenario.later(number), scenario.door().people(), random);
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Tap next() {
      Tap now = next.orElseThrow(NoSuchElementException::new);
      next = advance();
      return now;
    }

    /** The next that is played here. */
    private Optional<Tap> advance() {
      Optional<Tap> tap = any();
      while (tap.isPresent() && !part.has(tap.get().classNumber())) {
        tap = any();
      }
      return tap;
    }

    private Optional<Tap> any() {
      Tap known = ahead.peek();
      Tap tap;
      if (known != null && (scheduled.isEmpty() || known.micros() <= scheduled.get().micros())) {
        tap = ahead.remove();
      } else if (scheduled.isPresent()) {
        tap = scheduled.get();
        scheduled = schedule();
      } else {
        return Optional.empty();
      }
      if (!tap.again() && again.nextInt(100) < scenario.arrivals().rescans()) {
        ahead.add(tap.later(again.nextLong(AGAIN_MICROS_MIN, AGAIN_MICROS_MAX)));
      }
      return Optional.of(tap);
    }

    /** By turns, so that no class has many at once, in an order that is no pattern. */
    private Optional<Tap> schedule() {
      while (times.hasNext()) {
        long micros = times.nextLong();
        Instant at = starts.plusNanos(Math.multiplyExact(micros * 1_000, scenario.day().speed()));
        for (int tries = 0; tries < turns.length; tries++) {
          turn = (turn + 1) % turns.length;
          Optional<TapSource.Pick> pick = classes.get(turn).next(at);
          if (pick.isPresent()) {
            return pick.map(who -> tap(micros, turns[turn], who));
          }
        }
        if (lackingMicros < 0) {
          lackingMicros = micros;
        }
      }
      return Optional.empty();
    }

    private static Tap tap(long micros, int classNumber, TapSource.Pick pick) {
      return new Tap(micros, classNumber, pick.lesson(), pick.act(), pick.person(), false);
    }

    private static int[] turns(int count, SplittableRandom random) {
      int[] turns = new int[count];
      for (int i = 0; i < count; i++) {
        int other = random.nextInt(i + 1);
        turns[i] = turns[other];
        turns[other] = i;
      }
      return turns;
    }

    /** Each of these classes is at its door for the first lesson, at a moment of its own. */
    private void bursts(Bursts bursts, SplittableRandom random) {
      Window window = openings.ins().getFirst();
      long speed = scenario.day().speed();
      long within = bursts.within().toNanos() / 1_000 / speed;
      long opens =
          Math.max(0, Duration.between(starts, window.opensAt()).toNanos() / 1_000 / speed);
      long closes =
          Math.min(
              scenario.arrivals().schedule().lasts().toNanos() / 1_000,
              Duration.between(starts, window.closesAt()).toNanos() / 1_000 / speed);
      long room = Math.max(1, closes - within - opens);
      int people = Math.min(bursts.people(), scenario.door().people());
      for (int number = 0; number < bursts.classes(); number++) {
        int classNumber = scenario.door().classes() + number;
        long begins = opens + random.nextLong(room);
        for (int person = 0; person < people; person++) {
          long micros = begins + random.nextLong(Math.max(1, within));
          ahead.add(new Tap(micros, classNumber, 0, Act.IN, person, false));
        }
      }
    }
  }
}
