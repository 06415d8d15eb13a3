package org.skillvoucher.simulator.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Work;

/** A plan being played, and what was measured of it, second by second. */
final class LoadRunner {
  private static final Duration CLOCK_EVERY = Duration.ofMillis(100);
  private static final Duration LEAD = Duration.ofSeconds(1);
  private static final Duration SETTLES_MAX = Duration.ofMinutes(2);

  private final Iterable<Tap> plan;
  private final Length length;
  private final LoadCounters tally = new LoadCounters();
  private final List<Second> seconds = new ArrayList<>();
  private final Planned planned;
  private Latencies delays = Latencies.none();

  /** What was counted when the warm-up was over. */
  private LoadCounters.Reading warm;

  private Duration played;
  private LoadCounters.Reading before;
  private LoadCounters.Reading last;

  /**
   * Where and how it is played.
   *
   * @param starts business time at the beginning
   * @param clocks those that are moved on; none where business time cannot be moved
   * @param patience so long people wait
   */
  record Setting(
      URI api,
      Engine.Doors doors,
      int connections,
      long seed,
      Instant starts,
      int speed,
      List<DevClock> clocks,
      Duration patience) {
    Setting {
      clocks = List.copyOf(clocks);
    }
  }

  /**
   * Who looks on.
   *
   * @param faults made meanwhile
   * @param beside told when it begins
   * @param each told of every second
   */
  record Observers(
      LoadWorker.History history,
      FaultInjection faults,
      Consumer<LoadWorker.Course> beside,
      SecondObserver each) {}

  /** Sees every second. */
  interface SecondObserver {
    /** Whether people are to come any longer. */
    boolean goesOn(Second second);
  }

  /**
   * How long people come.
   *
   * @param warmUp so long nothing is counted
   * @param least so long it lasts, and then until all faults were made
   * @param most but no longer than this
   */
  record Length(Duration warmUp, Duration least, Duration most) {}

  /** For one run of a plan, which can be gone through more than once. */
  LoadRunner(Iterable<Tap> plan, Length length) {
    this.plan = plan;
    this.length = length;
    played = length.most();
    planned = new Planned(plan.iterator());
    before = tally.read();
    last = before;
    warm = before;
  }

  /** How many are to come in each second, asked in turn. */
  private static final class Planned {
    private final Iterator<Tap> taps;
    private long after;

    private Planned(Iterator<Tap> taps) {
      this.taps = taps;
      after = micros();
    }

    private long micros() {
      return taps.hasNext() ? taps.next().micros() : Long.MAX_VALUE;
    }

    private long in(long second) {
      long count = 0;
      while (after < (second + 1) * 1_000_000) {
        count++;
        after = micros();
      }
      return count;
    }
  }

  /**
   * Plays it to its end: until everything that was sent is settled, or cannot be.
   *
   * @return whether everything was settled
   */
  boolean play(Setting setting, Observers witnesses) throws InterruptedException {
    BusinessTime time =
        new BusinessTime(setting.starts(), System.nanoTime() + LEAD.toNanos(), setting.speed());
    LoadWorker.Course course =
        new LoadWorker.Course(
            time, tally, setting.patience(), witnesses.history(), witnesses.faults()::acknowledged);
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      setting.clocks().forEach(dev -> nudge(clock, dev, time));
      try (Engine engine =
          Engine.begin(
              setting.api(),
              setting.connections(),
              plan,
              setting.doors(),
              course,
              setting.seed())) {
        witnesses.faults().start();
        witnesses.beside().accept(course);
        boolean settled = watch(engine, time, setting.patience(), witnesses);
        clock.shutdownNow();
        return settled;
      }
    }
  }

  private static void nudge(ScheduledExecutorService clock, DevClock dev, BusinessTime time) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> dev.nudge(time.at(System.nanoTime())),
            0,
            CLOCK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private boolean watch(Engine engine, BusinessTime time, Duration patience, Observers witnesses)
      throws InterruptedException {
    long ends = time.startNanos() + length.most().toNanos();
    boolean over = false;
    boolean closed = false;
    for (long second = 0; ; second++) {
      long until = time.startNanos() + (second + 1) * 1_000_000_000L;
      TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      boolean goesOn = witnesses.each().goesOn(take(second));
      long now = System.nanoTime();
      boolean enough =
          !goesOn
              || (length.least().compareTo(length.most()) < 0
                  && now - time.startNanos() >= length.least().toNanos()
                  && witnesses.faults().done());
      if (!over && (enough || now >= ends)) {
        played = Duration.ofNanos(Math.min(now, ends) - time.startNanos());
        if (enough) {
          engine.stopArrivals();
        }
        // What was hit must run again before it can be asked how all this ended.
        witnesses.faults().close();
        ends = System.nanoTime();
        over = true;
      }
      long since = over ? System.nanoTime() - ends : 0;
      if (over && engine.isIdle()) {
        take(second + 1);
        return true;
      }
      if (!closed && since >= patience.toNanos()) {
        engine.closeDoors();
        closed = true;
      }
      if (since >= patience.plus(SETTLES_MAX).toNanos()) {
        return false;
      }
    }
  }

  private Second take(long at) {
    last = tally.read();
    Latencies these = Latencies.of(last.delays());
    Second second =
        new Second(
            at,
            planned.in(at),
            last.sent() - before.sent(),
            last.answered() - before.answered(),
            last.accepted() - before.accepted(),
            last.failed() - before.failed(),
            last.backlog(),
            these,
            since(before.errors()));
    before = last;
    seconds.add(second);
    if (at < length.warmUp().toSeconds()) {
      warm = last;
    } else {
      delays = delays.plus(these);
    }
    return second;
  }

  List<Second> seconds() {
    return List.copyOf(seconds);
  }

  /** All of it after the warm-up; to be asked once it was played. */
  Work work() {
    return new Work(
        last.due() - warm.due(),
        last.sent() - warm.sent(),
        last.answered() - warm.answered(),
        last.accepted() - warm.accepted(),
        last.repeated() - warm.repeated(),
        last.failed() - warm.failed(),
        last.late() - warm.late(),
        last.dropped() - warm.dropped(),
        delays,
        since(warm.errors()));
  }

  private Map<String, Long> since(Map<String, Long> earlier) {
    Map<String, Long> more = new HashMap<>();
    last.errors()
        .forEach(
            (code, count) -> {
              long added = count - earlier.getOrDefault(code, 0L);
              if (added > 0) {
                more.put(code, added);
              }
            });
    return more;
  }

  /** How long people came. */
  Duration played() {
    return played;
  }
}
