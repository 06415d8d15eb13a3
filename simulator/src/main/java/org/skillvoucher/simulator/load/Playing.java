package org.skillvoucher.simulator.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.skillvoucher.simulator.chaos.Faults;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.report.Delays;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Work;

/** A plan being played, and what was measured of it, second by second. */
final class Playing {
  private static final Duration CLOCK_EVERY = Duration.ofMillis(100);
  private static final Duration LEAD = Duration.ofSeconds(1);
  private static final Duration SETTLES_MAX = Duration.ofMinutes(2);

  private final LoadPlan plan;
  private final Duration least;
  private final Duration lasts;
  private final Tally tally = new Tally();
  private final List<Second> seconds = new ArrayList<>();
  private final long[] plannedBySecond;
  private Delays delays = Delays.none();
  private Duration played;
  private Tally.Reading before;
  private Tally.Reading last;

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
  record Witnesses(
      Lane.History history, Faults faults, Consumer<Lane.Course> beside, Watcher each) {}

  /** Sees every second. */
  interface Watcher {
    /** Whether people are to come any longer. */
    boolean goesOn(Second second);
  }

  /**
   * For one run.
   *
   * @param least so long it lasts, and then until all faults were made
   * @param lasts but no longer than this
   */
  Playing(LoadPlan plan, Duration least, Duration lasts) {
    this.plan = plan;
    this.least = least;
    this.lasts = lasts;
    played = lasts;
    plannedBySecond = new long[(int) lasts.toSeconds() + 60];
    plan.taps().forEach(tap -> plannedBySecond[second(tap.micros())]++);
    before = tally.read();
    last = before;
  }

  private int second(long micros) {
    return (int) Math.min(micros / 1_000_000, plannedBySecond.length - 1);
  }

  /**
   * Plays it to its end: until everything that was sent is settled, or cannot be.
   *
   * @return whether everything was settled
   */
  boolean play(Setting setting, Witnesses witnesses) throws InterruptedException {
    BusinessTime time =
        new BusinessTime(setting.starts(), System.nanoTime() + LEAD.toNanos(), setting.speed());
    Lane.Course course =
        new Lane.Course(
            time, tally, setting.patience(), witnesses.history(), witnesses.faults()::acknowledged);
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      setting.clocks().forEach(dev -> nudge(clock, dev, time));
      try (Engine engine =
          Engine.begin(
              setting.api(),
              setting.connections(),
              plan.taps(),
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

  private boolean watch(Engine engine, BusinessTime time, Duration patience, Witnesses witnesses)
      throws InterruptedException {
    long ends = time.startNanos() + lasts.toNanos();
    boolean over = false;
    boolean closed = false;
    for (long second = 0; ; second++) {
      long until = time.startNanos() + (second + 1) * 1_000_000_000L;
      TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      boolean goesOn = witnesses.each().goesOn(take(second));
      long now = System.nanoTime();
      boolean enough =
          !goesOn
              || (least.compareTo(lasts) < 0
                  && now - time.startNanos() >= least.toNanos()
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
    Delays these = Delays.of(last.delays());
    delays = delays.plus(these);
    Map<String, Long> errors = new HashMap<>();
    last.errors()
        .forEach(
            (code, count) -> {
              long more = count - before.errors().getOrDefault(code, 0L);
              if (more > 0) {
                errors.put(code, more);
              }
            });
    Second second =
        new Second(
            at,
            at < plannedBySecond.length ? plannedBySecond[(int) at] : 0,
            last.sent() - before.sent(),
            last.answered() - before.answered(),
            last.accepted() - before.accepted(),
            last.failed() - before.failed(),
            last.backlog(),
            these,
            errors);
    before = last;
    seconds.add(second);
    return second;
  }

  List<Second> seconds() {
    return List.copyOf(seconds);
  }

  /** All of it; to be asked once it was played. */
  Work work() {
    return new Work(
        last.due(),
        last.sent(),
        last.answered(),
        last.accepted(),
        last.repeated(),
        last.failed(),
        last.late(),
        last.dropped(),
        delays,
        last.errors());
  }

  /** How long people came. */
  Duration played() {
    return played;
  }
}
