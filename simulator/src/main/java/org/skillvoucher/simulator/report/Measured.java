package org.skillvoucher.simulator.report;

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
 * What a run measured (实测结果). Nobody is named in it: only counts, times and codes.
 *
 * @param scans single scans, as at a door
 * @param batches what sites sent after having been offline
 * @param seconds one for each second of the run, in order
 * @param usage what gateway and database took, about one a second
 * @param faults what was done to the gateway on purpose
 * @param steps of a ramp; empty for other runs
 * @param checks the checker's verdict; empty when it did not run
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

  /** More than this share of late arrivals, and the numbers say nothing. */
  static final double LATE_MAX = 0.01;

  public Outcome outcome() {
    if (checks.stream().anyMatch(check -> check.violations() > 0)) {
      return Outcome.BROKEN;
    }
    // While a killed gateway starts anew it takes the cores; and then delays are not the question.
    if (faults.isEmpty() && scans.late() > LATE_MAX * scans.planned()) {
      return Outcome.INVALID;
    }
    return judgements().stream().allMatch(Judgement::met) ? Outcome.GOOD : Outcome.MISSED;
  }

  public List<Judgement> judgements() {
    return thresholds.judge(this);
  }

  /** The knee of a ramp (拐点): the step before the first that was too much. */
  Optional<Step> lastGoodStep() {
    return steps.stream().takeWhile(Step::good).reduce((one, later) -> later);
  }

  /** A copy in the order of its keys: the same result is always written the same. */
  private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** Milliseconds from each fault's end to the next acknowledgement; infinite without one. */
  DoubleStream recoveries(Predicate<Fault> which) {
    return faults.stream()
        .filter(which)
        .mapToDouble(
            fault -> fault.isRecovered() ? fault.recoveredMillis() : Double.POSITIVE_INFINITY);
  }

  DoubleStream valuesOf(Gauge gauge) {
    return usage.stream()
        .filter(look -> look.values().containsKey(gauge))
        .mapToDouble(look -> look.values().get(gauge));
  }

  /**
   * What was run, and where.
   *
   * @param gateway its address, or a word for one that was started for the run
   * @param seconds how long arrivals lasted, by the wall clock
   * @param warmUp how many of these, at the beginning, are in no number of the work
   * @param parts how many processes of the simulator share it, on these machines
   * @param facts whatever else one has to know to read the result, such as how fast business time
   *     runs
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

    /** How long the work lasted that counts. */
    double counted() {
      return seconds - warmUp;
    }
  }

  /**
   * Numbers of one kind of work.
   *
   * @param planned arrivals by the schedule
   * @param sent how many of them were sent, each once however often it was sent again
   * @param answered how many were answered at all, whatever the answer
   * @param accepted 201: decided, sealed and durable
   * @param repeated 200: the same receipt again
   * @param failed not answered as it had to be: refused without cause, 5xx, broken off, timed out
   * @param late sent later than intended by the simulator's own fault
   * @param dropped never sent
   * @param delays of the answers, from the intended start; for batches of each whole batch, whereas
   *     all numbers are of statements
   * @param errors how often each code was answered, or how it broke off; also codes that were due
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
      Delays delays,
      Map<String, Long> errors) {
    public Work {
      errors = sorted(errors);
    }

    public static Work none() {
      return new Work(0, 0, 0, 0, 0, 0, 0, 0, Delays.none(), Map.of());
    }
  }

  /**
   * One second of single scans.
   *
   * @param at seconds since the run's start: 0 is the first
   * @param backlog arrivals that were due at its end and not answered
   */
  public record Second(
      long at,
      long planned,
      long sent,
      long answered,
      long accepted,
      long failed,
      long backlog,
      Delays delays,
      Map<String, Long> errors) {
    public Second {
      errors = sorted(errors);
    }
  }

  /**
   * One look at the processes.
   *
   * @param at seconds since the run's start
   * @param values in the gauges' own units; what could not be known is absent
   */
  public record Usage(double at, Map<Gauge, Double> values) {
    public Usage {
      values = sorted(values);
    }
  }

  /**
   * A fault made on purpose (故障注入).
   *
   * @param at seconds since the run's start
   * @param heldMillis how long it was held, as a freeze is; 0 for what is over at once
   * @param recoveredMillis from its end to the first acknowledgement after it; {@link #NEVER} when
   *     there was none
   */
  public record Fault(String what, double at, long heldMillis, long recoveredMillis) {
    public static final long NEVER = -1;

    public boolean isRecovered() {
      return recoveredMillis != NEVER;
    }

    /** When scans were acknowledged again, in seconds since the run's start; else infinite. */
    double until() {
      return isRecovered()
          ? at + (heldMillis + recoveredMillis) / 1000.0
          : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * One step of a ramp.
   *
   * @param rate arrivals a second that were meant
   * @param accepted a second
   * @param good whether the deployment bore it
   */
  public record Step(
      double rate, double accepted, double p99Millis, double failedShare, boolean good) {}

  /**
   * One promise that the checker compared with history, journal and receipts.
   *
   * @param looked how many things were compared
   */
  public record Check(
      String id, String title, long looked, long violations, List<String> examples) {
    public Check {
      examples = List.copyOf(examples);
    }
  }
}
