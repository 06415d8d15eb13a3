package org.skillvoucher.simulator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

/**
 * Merges the results of several simulators that shared a scenario (合并结果). Seconds are aligned by
 * the wall clock; latencies are added as histograms, so that percentiles are those of all
 * responses.
 */
final class Merge {
  private static final int EXAMPLES_MAX = 20;

  private final List<Measured> parts;
  private final Instant started;

  private Merge(List<Measured> parts) {
    this.parts = parts;
    this.started =
        parts.stream()
            .map(part -> part.run().started())
            .min(Comparator.naturalOrder())
            .orElseThrow();
  }

  /** Results that are not parts of one run. */
  static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }

  /**
   * @param parts at least one
   * @throws Refused when they are of different scenarios or thresholds, or one is given twice
   */
  static Measured of(List<Measured> parts) throws Refused {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Measured first = parts.getFirst();
    for (Measured part : parts) {
      if (!part.run().scenario().equals(first.run().scenario())
          || part.run().seed() != first.run().seed()) {
        throw new Refused(
            "%s with seed %d and %s with seed %d are no parts of one run"
                .formatted(
                    first.run().scenario(),
                    first.run().seed(),
                    part.run().scenario(),
                    part.run().seed()));
      }
      if (!part.thresholds().equals(first.thresholds())) {
        throw new Refused("the parts have different thresholds");
      }
    }
    if (parts.stream().distinct().count() < parts.size()) {
      throw new Refused("one part is given twice");
    }
    return new Merge(parts).whole();
  }

  private Measured whole() {
    return new Measured(
        run(),
        work(parts.stream().map(Measured::scans)),
        work(parts.stream().map(Measured::batches)),
        seconds(),
        usage(),
        faults(),
        steps(),
        parts.getFirst().thresholds(),
        checks());
  }

  /** Seconds by which a part started after the earliest one. */
  private double shift(Measured part) {
    return Duration.between(started, part.run().started()).toMillis() / 1000.0;
  }

  private Run run() {
    Run first = parts.getFirst().run();
    double end =
        parts.stream().mapToDouble(part -> shift(part) + part.run().seconds()).max().orElseThrow();
    Map<String, TreeSet<String>> facts = new TreeMap<>();
    for (Measured part : parts) {
      part.run()
          .facts()
          .forEach((name, value) -> facts.computeIfAbsent(name, any -> new TreeSet<>()).add(value));
    }
    return new Run(
        first.scenario(),
        first.seed(),
        distinct(part -> part.run().gateway()).collect(Collectors.joining(", ")),
        started,
        end,
        parts.stream().mapToDouble(part -> part.run().warmUp()).max().orElseThrow(),
        parts.stream().mapToInt(part -> part.run().parts()).sum(),
        parts.stream().flatMap(part -> part.run().machines().stream()).distinct().toList(),
        facts.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, fact -> String.join(", ", fact.getValue()))));
  }

  private Stream<String> distinct(Function<Measured, String> what) {
    return parts.stream().map(what).distinct();
  }

  private static Work work(Stream<Work> works) {
    return works.reduce(Work.none(), Merge::sum);
  }

  private static Work sum(Work one, Work other) {
    return new Work(
        one.planned() + other.planned(),
        one.sent() + other.sent(),
        one.answered() + other.answered(),
        one.accepted() + other.accepted(),
        one.repeated() + other.repeated(),
        one.failed() + other.failed(),
        one.late() + other.late(),
        one.dropped() + other.dropped(),
        one.latencies().plus(other.latencies()),
        sum(one.errors(), other.errors()));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((code, count) -> sum.merge(code, count, Long::sum));
    return sum;
  }

  private List<Second> seconds() {
    Map<Long, Second> seconds = new TreeMap<>();
    for (Measured part : parts) {
      long shift = Math.round(shift(part));
      for (Second second : part.seconds()) {
        seconds.merge(second.at() + shift, second, Merge::sum);
      }
    }
    return seconds.entrySet().stream().map(entry -> at(entry.getKey(), entry.getValue())).toList();
  }

  private static Second sum(Second one, Second other) {
    return new Second(
        one.at(),
        one.planned() + other.planned(),
        one.sent() + other.sent(),
        one.answered() + other.answered(),
        one.accepted() + other.accepted(),
        one.failed() + other.failed(),
        one.backlog() + other.backlog(),
        one.latencies().plus(other.latencies()),
        sum(one.errors(), other.errors()));
  }

  private static Second at(long at, Second second) {
    return new Second(
        at,
        second.planned(),
        second.sent(),
        second.answered(),
        second.accepted(),
        second.failed(),
        second.backlog(),
        second.latencies(),
        second.errors());
  }

  /** All parts sample the same gateway and database, but each its own simulator process. */
  private List<Usage> usage() {
    Map<Long, Map<Gauge, Double>> samples = new TreeMap<>();
    for (Measured part : parts) {
      Map<Long, Map<Gauge, Double>> own = new TreeMap<>();
      for (Usage sample : part.usage()) {
        own.computeIfAbsent(
                Math.round(sample.at() + shift(part)), any -> new EnumMap<>(Gauge.class))
            .putAll(sample.values());
      }
      own.forEach(
          (at, values) -> {
            Map<Gauge, Double> all = samples.computeIfAbsent(at, any -> new EnumMap<>(Gauge.class));
            values.forEach(
                (gauge, value) ->
                    all.merge(
                        gauge, value, gauge == Gauge.SIMULATOR_CPU ? Double::sum : Double::max));
          });
    }
    return samples.entrySet().stream()
        .map(sample -> new Usage(sample.getKey(), sample.getValue()))
        .toList();
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (Measured part : parts) {
      for (Fault fault : part.faults()) {
        faults.add(
            new Fault(
                fault.what(),
                fault.at() + shift(part),
                fault.heldMillis(),
                fault.recoveredMillis()));
      }
    }
    faults.sort(Comparator.comparingDouble(Fault::at));
    return faults;
  }

  /** The sums over each step that all parts completed; the 99th percentile is the worst part's. */
  private List<Step> steps() {
    int length = parts.stream().mapToInt(part -> part.steps().size()).min().orElse(0);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int at = i;
      List<Step> those = parts.stream().map(part -> part.steps().get(at)).toList();
      double rate = those.stream().mapToDouble(Step::rate).sum();
      steps.add(
          new Step(
              rate,
              those.stream().mapToDouble(Step::accepted).sum(),
              those.stream().mapToDouble(Step::p99Millis).max().orElse(0),
              those.stream().mapToDouble(step -> step.failedShare() * step.rate()).sum() / rate,
              those.stream().allMatch(Step::sustained)));
    }
    return steps;
  }

  private List<Check> checks() {
    Map<String, Check> checks = new LinkedHashMap<>();
    parts.forEach(
        part -> part.checks().forEach(check -> checks.merge(check.id(), check, Merge::sum)));
    return List.copyOf(checks.values());
  }

  private static Check sum(Check one, Check other) {
    return new Check(
        one.id(),
        one.title(),
        one.compared() + other.compared(),
        one.violations() + other.violations(),
        Stream.concat(one.examples().stream(), other.examples().stream())
            .limit(EXAMPLES_MAX)
            .toList());
  }
}
