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
 * The arrivals of a load in the order of their times, which follow from the scenario and its seed:
 * each iteration yields the same ones. They are generated lazily, because a load of hours has more
 * of them than fit into memory.
 */
final class LoadPlan implements Iterable<Arrival> {
  private static final Duration LATENCY_MAX = Duration.ofSeconds(5);
  private static final long RESCAN_MICROS_MIN = 300_000;
  private static final long RESCAN_MICROS_MAX = 3_000_000;
  private static final Comparator<Arrival> BY_TIME =
      Comparator.comparingLong(Arrival::micros)
          .thenComparingInt(Arrival::classNumber)
          .thenComparingInt(Arrival::lesson)
          .thenComparingInt(Arrival::person);

  private final LoadScenario scenario;
  private final TapSource.ScanWindows windows;
  private final Instant starts;
  private final LoadShare share;

  private LoadPlan(
      LoadScenario scenario, TapSource.ScanWindows windows, Instant starts, LoadShare share) {
    this.scenario = scenario;
    this.windows = windows;
    this.starts = starts;
    this.share = share;
  }

  /**
   * The plan of the whole load.
   *
   * @param lessons of the first class
   * @param starts business time at the start of the load
   */
  static LoadPlan make(
      LoadScenario scenario, List<Lesson> lessons, AttendanceRules rules, Instant starts) {
    Duration slack = LATENCY_MAX.multipliedBy(scenario.day().speed());
    return new LoadPlan(
        scenario, TapSource.ScanWindows.of(lessons, rules, slack), starts, LoadShare.WHOLE);
  }

  /** The same plan with only the classes of a share. */
  LoadPlan share(LoadShare part) {
    return new LoadPlan(scenario, windows, starts, part);
  }

  @Override
  public Iterator<Arrival> iterator() {
    return new ArrivalIterator();
  }

  /** When, since the start, the first arrival is due for which no person can scan validly. */
  Optional<Duration> firstShortage() {
    ArrivalIterator arrivals = new ArrivalIterator();
    while (arrivals.shortageMicros < 0 && arrivals.hasNext()) {
      arrivals.next();
    }
    return arrivals.shortageMicros < 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(arrivals.shortageMicros * 1_000));
  }

  private final class ArrivalIterator implements Iterator<Arrival> {
    private final PrimitiveIterator.OfLong times;
    private final int[] turns;
    private final List<TapSource> classes;

    /** Decides which arrivals are followed by a rescan, and when. */
    private final SplittableRandom rescans;

    /** Bursts and rescans, which are generated before their time. */
    private final PriorityQueue<Arrival> ahead = new PriorityQueue<>(BY_TIME);

    private int turn;
    private Optional<Arrival> scheduled;
    private Optional<Arrival> next;
    private long shortageMicros = -1;

    private ArrivalIterator() {
      SplittableRandom random = new SplittableRandom(scenario.seed());
      times = scenario.arrivals().schedule().times(random.nextLong());
      rescans = random.split();
      turns = shuffledClassNumbers(scenario.door().classes(), random);
      classes = IntStream.of(turns).mapToObj(number -> tapSource(number, random.split())).toList();
      scenario.arrivals().bursts().ifPresent(bursts -> bursts(bursts, random));
      scheduled = schedule();
      next = advance();
    }

    private TapSource tapSource(int number, SplittableRandom random) {
      return new TapSource(windows, scenario.later(number), scenario.door().people(), random);
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Arrival next() {
      Arrival now = next.orElseThrow(NoSuchElementException::new);
      next = advance();
      return now;
    }

    /** The next arrival of this share. */
    private Optional<Arrival> advance() {
      Optional<Arrival> arrival = nextOfAllClasses();
      while (arrival.isPresent() && !share.includes(arrival.get().classNumber())) {
        arrival = nextOfAllClasses();
      }
      return arrival;
    }

    private Optional<Arrival> nextOfAllClasses() {
      Arrival known = ahead.peek();
      Arrival arrival;
      if (known != null && (scheduled.isEmpty() || known.micros() <= scheduled.get().micros())) {
        arrival = ahead.remove();
      } else if (scheduled.isPresent()) {
        arrival = scheduled.get();
        scheduled = schedule();
      } else {
        return Optional.empty();
      }
      if (!arrival.again() && rescans.nextInt(100) < scenario.arrivals().rescans()) {
        ahead.add(arrival.rescan(rescans.nextLong(RESCAN_MICROS_MIN, RESCAN_MICROS_MAX)));
      }
      return Optional.of(arrival);
    }

    /** Round-robin over the classes in a shuffled order, so that no class gets many at once. */
    private Optional<Arrival> schedule() {
      while (times.hasNext()) {
        long micros = times.nextLong();
        Instant at = starts.plusNanos(Math.multiplyExact(micros * 1_000, scenario.day().speed()));
        for (int tries = 0; tries < turns.length; tries++) {
          turn = (turn + 1) % turns.length;
          Optional<TapSource.PlannedTap> tap = classes.get(turn).next(at);
          if (tap.isPresent()) {
            return tap.map(planned -> arrival(micros, turns[turn], planned));
          }
        }
        if (shortageMicros < 0) {
          shortageMicros = micros;
        }
      }
      return Optional.empty();
    }

    private static Arrival arrival(long micros, int classNumber, TapSource.PlannedTap tap) {
      return new Arrival(micros, classNumber, tap.lesson(), tap.act(), tap.person(), false);
    }

    private static int[] shuffledClassNumbers(int count, SplittableRandom random) {
      int[] turns = new int[count];
      for (int i = 0; i < count; i++) {
        int other = random.nextInt(i + 1);
        turns[i] = turns[other];
        turns[other] = i;
      }
      return turns;
    }

    /** Each of these classes signs in to its first lesson within a short time, at random. */
    private void bursts(Bursts bursts, SplittableRandom random) {
      Window window = windows.ins().getFirst();
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
          ahead.add(new Arrival(micros, classNumber, 0, Act.IN, person, false));
        }
      }
    }
  }
}
