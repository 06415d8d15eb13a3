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

/**
 * One run of a plan, measured second by second. Arrivals are open-loop: their rate does not depend
 * on the answers.
 */
final class LoadRunner {
  private static final Duration CLOCK_PERIOD = Duration.ofMillis(100);
  private static final Duration LEAD = Duration.ofSeconds(1);
  private static final Duration COMPLETION_MAX = Duration.ofMinutes(2);

  private final Iterable<Arrival> plan;
  private final RunLength length;
  private final LoadCounters counters = new LoadCounters();
  private final List<Second> seconds = new ArrayList<>();
  private final PlannedCounts planned;
  private Latencies delays = Latencies.none();

  /** The counters at the end of the warm-up. */
  private LoadCounters.Reading atWarmUpEnd;

  private Duration ranFor;
  private LoadCounters.Reading previous;
  private LoadCounters.Reading last;

  /**
   * Where and how a plan is run.
   *
   * @param starts business time at the first moment of the run
   * @param clocks business clocks to advance; empty where they cannot be
   * @param patience an arrival that has waited longer than this for its device is dropped
   */
  record RunSettings(
      URI api,
      LoadEngine.ClassroomDevices devices,
      int connections,
      long seed,
      Instant starts,
      int speed,
      List<DevClock> clocks,
      Duration patience) {
    RunSettings {
      clocks = List.copyOf(clocks);
    }
  }

  /**
   * What accompanies a run.
   *
   * @param faults injected during the run
   * @param onStart called when the run starts
   * @param onSecond called after each second
   */
  record Observers(
      RunContext.HistorySink history,
      FaultInjection faults,
      Consumer<RunContext> onStart,
      SecondObserver onSecond) {}

  /** Is notified of each second's counts. */
  interface SecondObserver {
    /** Whether arrivals continue. */
    boolean continueAfter(Second second);
  }

  /**
   * How long arrivals last.
   *
   * @param warmUp not counted in {@link #work}
   * @param atLeast arrivals last this long, and then until all faults were injected
   * @param atMost but no longer than this
   */
  record RunLength(Duration warmUp, Duration atLeast, Duration atMost) {}

  /** The plan is iterated over once by each worker and once for the planned counts. */
  LoadRunner(Iterable<Arrival> plan, RunLength length) {
    this.plan = plan;
    this.length = length;
    ranFor = length.atMost();
    planned = new PlannedCounts(plan.iterator());
    previous = counters.read();
    last = previous;
    atWarmUpEnd = previous;
  }

  /** How many arrivals are planned in each second, for seconds in ascending order. */
  private static final class PlannedCounts {
    private final Iterator<Arrival> arrivals;
    private long nextMicros;

    private PlannedCounts(Iterator<Arrival> arrivals) {
      this.arrivals = arrivals;
      nextMicros = micros();
    }

    private long micros() {
      return arrivals.hasNext() ? arrivals.next().micros() : Long.MAX_VALUE;
    }

    private long in(long second) {
      long count = 0;
      while (nextMicros < (second + 1) * 1_000_000) {
        count++;
        nextMicros = micros();
      }
      return count;
    }
  }

  /**
   * Runs the plan until each statement that was sent has a final answer, or for {@link
   * #COMPLETION_MAX} after the last arrival.
   *
   * @return whether all of them have
   */
  boolean run(RunSettings settings, Observers observers) throws InterruptedException {
    BusinessTime time =
        new BusinessTime(settings.starts(), System.nanoTime() + LEAD.toNanos(), settings.speed());
    RunContext context =
        new RunContext(
            time,
            counters,
            settings.patience(),
            observers.history(),
            observers.faults()::acknowledged);
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      settings.clocks().forEach(dev -> keepMoving(clock, dev, time));
      try (LoadEngine engine =
          LoadEngine.start(
              settings.api(),
              settings.connections(),
              plan,
              settings.devices(),
              context,
              settings.seed())) {
        observers.faults().start();
        observers.onStart().accept(context);
        boolean completed = sampleUntilCompleted(engine, context, observers);
        clock.shutdownNow();
        return completed;
      }
    }
  }

  private static void keepMoving(ScheduledExecutorService clock, DevClock dev, BusinessTime time) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> dev.nudge(time.at(System.nanoTime())),
            0,
            CLOCK_PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private boolean sampleUntilCompleted(LoadEngine engine, RunContext context, Observers observers)
      throws InterruptedException {
    long startNanos = context.time().startNanos();
    Duration patience = context.patience();
    long endNanos = startNanos + length.atMost().toNanos();
    boolean over = false;
    boolean dropped = false;
    for (long second = 0; ; second++) {
      long until = startNanos + (second + 1) * 1_000_000_000L;
      TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      boolean enough = !observers.onSecond().continueAfter(sample(second));
      long now = System.nanoTime();
      enough |= isLongEnough(now - startNanos, observers.faults());
      if (!over && (enough || now >= endNanos)) {
        ranFor = Duration.ofNanos(Math.min(now, endNanos) - startNanos);
        if (enough) {
          engine.stopArrivals();
        }
        // The processes that were hit must run again before in-flight statements can complete.
        observers.faults().close();
        endNanos = System.nanoTime();
        over = true;
      }
      if (over && engine.isIdle()) {
        sample(second + 1);
        return true;
      }
      long sinceEnd = over ? System.nanoTime() - endNanos : 0;
      if (!dropped && sinceEnd >= patience.toNanos()) {
        engine.dropQueues();
        dropped = true;
      }
      if (sinceEnd >= patience.plus(COMPLETION_MAX).toNanos()) {
        return false;
      }
    }
  }

  private boolean isLongEnough(long ranNanos, FaultInjection faults) {
    return length.atLeast().compareTo(length.atMost()) < 0
        && ranNanos >= length.atLeast().toNanos()
        && faults.isDone();
  }

  private Second sample(long at) {
    last = counters.read();
    Latencies latencies = Latencies.of(last.delays());
    Second second =
        new Second(
            at,
            planned.in(at),
            last.sent() - previous.sent(),
            last.answered() - previous.answered(),
            last.accepted() - previous.accepted(),
            last.failed() - previous.failed(),
            last.backlog(),
            latencies,
            errorsSince(previous.errors()));
    previous = last;
    seconds.add(second);
    if (at < length.warmUp().toSeconds()) {
      atWarmUpEnd = last;
    } else {
      delays = delays.plus(latencies);
    }
    return second;
  }

  List<Second> seconds() {
    return List.copyOf(seconds);
  }

  /** The counts after the warm-up, once {@link #run} has returned. */
  Work work() {
    return new Work(
        last.due() - atWarmUpEnd.due(),
        last.sent() - atWarmUpEnd.sent(),
        last.answered() - atWarmUpEnd.answered(),
        last.accepted() - atWarmUpEnd.accepted(),
        last.repeated() - atWarmUpEnd.repeated(),
        last.failed() - atWarmUpEnd.failed(),
        last.late() - atWarmUpEnd.late(),
        last.dropped() - atWarmUpEnd.dropped(),
        delays,
        errorsSince(atWarmUpEnd.errors()));
  }

  private Map<String, Long> errorsSince(Map<String, Long> earlier) {
    Map<String, Long> errors = new HashMap<>();
    last.errors()
        .forEach(
            (code, count) -> {
              long added = count - earlier.getOrDefault(code, 0L);
              if (added > 0) {
                errors.put(code, added);
              }
            });
    return errors;
  }

  /** How long arrivals lasted. */
  Duration ranFor() {
    return ranFor;
  }
}
