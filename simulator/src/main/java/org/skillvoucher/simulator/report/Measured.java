package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * The measured result of a run (实测结果). It has no personal data: only counts, times and codes.
 *
 * @param scans single scans, as sent at a door
 * @param batches statements uploaded by sites after an offline period
 * @param seconds one for each second of the run, in order
 * @param usage resource samples of gateway, database and simulator, about one a second
 * @param faults injected faults
 * @param steps of a ramp; empty for other runs
 * @param checks the checker's results; empty when it did not run
 */
public record Measured(
    Run run,
    Work scans,
    Work batches,
    List<Second> seconds,
    List<Usage> usage,
    List<Fault> faults,
    List<Step> steps,
    Thresholds thresholds,
    List<Check> checks) {
  public Measured {
    seconds = List.copyOf(seconds);
    usage = List.copyOf(usage);
    faults = List.copyOf(faults);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
  }

  /** With a greater share of arrivals sent late the measurement is invalid. */
  static final double LATE_MAX = 0.01;

  public Outcome outcome() {
    if (checks.stream().anyMatch(check -> check.violations() > 0)) {
      return Outcome.BROKEN;
    }
    // A gateway that restarts after a fault takes the simulator's cores, so lateness is expected.
    if (faults.isEmpty() && scans.late() > LATE_MAX * scans.planned()) {
      return Outcome.INVALID;
    }
    return thresholdResults().stream().allMatch(ThresholdResult::met)
        ? Outcome.GOOD
        : Outcome.MISSED;
  }

  public List<ThresholdResult> thresholdResults() {
    return thresholds.evaluate(this);
  }

  /** The knee of a ramp (拐点): the last step before the first that was not sustained. */
  Optional<Step> lastSustainedStep() {
    return steps.stream().takeWhile(Step::sustained).reduce((earlier, later) -> later);
  }

  /** A copy in the order of its keys, so that equal results have equal JSON. */
  private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** Recovery times in milliseconds; infinite for a fault without recovery. */
  DoubleStream recoveries(Predicate<Fault> which) {
    return faults.stream()
        .filter(which)
        .mapToDouble(
            fault -> fault.isRecovered() ? fault.recoveredMillis() : Double.POSITIVE_INFINITY);
  }

  DoubleStream valuesOf(Gauge gauge) {
    return usage.stream()
        .filter(sample -> sample.values().containsKey(gauge))
        .mapToDouble(sample -> sample.values().get(gauge));
  }

  /**
   * The scenario and its conditions.
   *
   * @param gateway its address, or a description of one that was started for the run
   * @param seconds duration of the arrival schedule, by the wall clock
   * @param warmUp seconds at the beginning that are excluded from {@link Work}
   * @param parts number of simulator processes that shared the run, on these machines
   * @param facts further conditions, such as the speed of business time
   */
  public record Run(
      String scenario,
      long seed,
      String gateway,
      Instant started,
      double seconds,
      double warmUp,
      int parts,
      List<Machine> machines,
      Map<String, String> facts) {
    public Run {
      Objects.requireNonNull(started);
      machines = List.copyOf(machines);
      facts = sorted(facts);
    }

    /** Seconds without the warm-up. */
    double measuredSeconds() {
      return seconds - warmUp;
    }
  }

  /**
   * Totals of one kind of request.
   *
   * @param planned scheduled arrivals
   * @param sent arrivals that were sent; retries are not counted again
   * @param answered arrivals with a response of any status
   * @param accepted status 201: decided, sealed and durable
   * @param repeated status 200: the stored receipt of an earlier request
   * @param failed unexpected outcomes: rejected without cause, 5xx, connection lost, timed out
   * @param late sent after the scheduled arrival because the simulator was too slow
   * @param dropped never sent
   * @param latencies from the scheduled arrival to the response; for batches one value for each
   *     batch, whereas all counts are of statements
   * @param errors by error code or kind of connection failure, including expected rejections
   */
  public record Work(
      long planned,
      long sent,
      long answered,
      long accepted,
      long repeated,
      long failed,
      long late,
      long dropped,
      @JsonProperty("delays") Latencies latencies,
      Map<String, Long> errors) {
    public Work {
      errors = sorted(errors);
    }

    public static Work none() {
      return new Work(0, 0, 0, 0, 0, 0, 0, 0, Latencies.none(), Map.of());
    }
  }

  /**
   * One second of single scans.
   *
   * @param at seconds since the run's start: 0 is the first
   * @param backlog scheduled arrivals without a response at the end of the second
   */
  public record Second(
      long at,
      long planned,
      long sent,
      long answered,
      long accepted,
      long failed,
      long backlog,
      @JsonProperty("delays") Latencies latencies,
      Map<String, Long> errors) {
    public Second {
      errors = sorted(errors);
    }
  }

  /**
   * One sample of resource usage.
   *
   * @param at seconds since the run's start
   * @param values in the base unit of the gauge's dimension; gauges without a value are absent
   */
  public record Usage(double at, Map<Gauge, Double> values) {
    public Usage {
      values = sorted(values);
    }
  }

  /**
   * An injected fault (故障注入).
   *
   * @param what its kind, such as {@code kill-gateway}
   * @param at seconds since the run's start
   * @param heldMillis duration of the fault, such as a freeze; 0 when instantaneous
   * @param recoveredMillis recovery time: from its end to the first acknowledgement after it;
   *     {@link #NEVER} without one
   */
  public record Fault(String what, double at, long heldMillis, long recoveredMillis) {
    public static final long NEVER = -1;

    public boolean isRecovered() {
      return recoveredMillis != NEVER;
    }

    /** The end of the outage in seconds since the run's start; infinite without recovery. */
    double recoveredAt() {
      return isRecovered()
          ? at + (heldMillis + recoveredMillis) / 1000.0
          : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * One step of a ramp.
   *
   * @param rate scheduled arrivals per second
   * @param accepted accepted scans per second
   * @param sustained whether the step stayed within the ramp's bounds; {@code good} in JSON
   */
  public record Step(
      double rate,
      double accepted,
      double p99Millis,
      double failedShare,
      @JsonProperty("good") boolean sustained) {}

  /**
   * The checker's result for one guarantee, compared with history, journal and receipts.
   *
   * @param compared number of comparisons; {@code looked} in JSON
   */
  public record Check(
      String id,
      String title,
      @JsonProperty("looked") long compared,
      long violations,
      List<String> examples) {
    public Check {
      examples = List.copyOf(examples);
    }
  }
}
