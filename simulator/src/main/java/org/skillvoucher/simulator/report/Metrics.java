package org.skillvoucher.simulator.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.skillvoucher.simulator.report.Measured.Work;

/**
 * The metrics on which thresholds can be set, by name. {@code scan.delay} and {@code batch.delay}
 * are the latencies (时延) from the scheduled arrival, see {@link Latencies}.
 */
final class Metrics {
  /** Recovery time of all faults; followed by a dot and a kind, of the faults of that kind. */
  static final String RECOVERY = "recovery";

  private static final Pattern PERCENTILE = Pattern.compile("p\\((\\d{1,3}(?:\\.\\d{1,4})?)\\)");
  private static final String OF_VALUES = "p(99), med, avg, min and max";
  private static final String OF_COUNTS = "rate and count";

  private static final Map<String, Metric> KNOWN = known();

  private Metrics() {}

  /**
   * One aggregation of a metric, such as its 99th percentile.
   *
   * @param of the value in a run; empty when it was not measured
   */
  record Aggregation(Dimension dimension, Function<Measured, OptionalDouble> of) {}

  /**
   * A metric.
   *
   * @param aggregations by name, such as {@code p(99)}
   * @param aggregationNames the names for error messages
   */
  record Metric(Function<String, Optional<Aggregation>> aggregations, String aggregationNames) {}

  static Optional<Metric> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  private static Map<String, Metric> known() {
    Map<String, Metric> known = new LinkedHashMap<>();
    work(known, "scan", Measured::scans);
    work(known, "batch", Measured::batches);
    known.put("late", share(run -> run.scans().late(), run -> run.scans().planned()));
    known.put("dropped", share(run -> run.scans().dropped(), run -> run.scans().planned()));
    known.put(
        "goodput",
        new Metric(
            name ->
                name.equals("rate")
                    ? Optional.of(new Aggregation(Dimension.SHARE, Metrics::goodput))
                    : Optional.empty(),
            "rate"));
    known.put(RECOVERY, values(Dimension.TIME, run -> sorted(run.recoveries(fault -> true))));
    for (String kind : List.of("kill-gateway", "kill-postgres", "freeze-postgres")) {
      known.put(
          RECOVERY + "." + kind,
          values(
              Dimension.TIME, run -> sorted(run.recoveries(fault -> fault.what().equals(kind)))));
    }
    for (Gauge gauge : Gauge.values()) {
      known.put(gauge.code(), values(gauge.dimension(), run -> sorted(run.valuesOf(gauge))));
    }
    return known;
  }

  private static OptionalDouble goodput(Measured run) {
    return Goodput.of(run).map(Goodput::share).stream().mapToDouble(share -> share).findFirst();
  }

  private static void work(
      Map<String, Metric> known, String name, Function<Measured, Work> whichOf) {
    known.put(
        name + ".delay",
        values(Dimension.TIME, run -> new OfLatencies(whichOf.apply(run).latencies())));
    known.put(
        name + ".failed",
        share(run -> whichOf.apply(run).failed(), run -> whichOf.apply(run).sent()));
    known.put(name + ".sent", counted(run -> whichOf.apply(run).sent()));
    known.put(name + ".answered", counted(run -> whichOf.apply(run).answered()));
    known.put(name + ".accepted", counted(run -> whichOf.apply(run).accepted()));
  }

  /** A distribution of values. */
  private sealed interface Distribution {
    OptionalDouble at(double percentile);

    OptionalDouble mean();
  }

  private record OfLatencies(Latencies latencies) implements Distribution {
    @Override
    public OptionalDouble at(double percentile) {
      return latencies.count() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(latencies.millisAt(percentile));
    }

    @Override
    public OptionalDouble mean() {
      return latencies.count() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(latencies.meanMillis());
    }
  }

  private record OfSorted(List<Double> values) implements Distribution {
    @Override
    public OptionalDouble at(double percentile) {
      if (values.isEmpty()) {
        return OptionalDouble.empty();
      }
      int rank = (int) Math.ceil(percentile / 100 * values.size());
      return OptionalDouble.of(values.get(Math.clamp(rank - 1, 0, values.size() - 1)));
    }

    @Override
    public OptionalDouble mean() {
      return values.stream().mapToDouble(value -> value).average();
    }
  }

  private static Distribution sorted(DoubleStream values) {
    return new OfSorted(values.sorted().boxed().toList());
  }

  private static Metric values(Dimension dimension, Function<Measured, Distribution> distribution) {
    return new Metric(
        name ->
            name.equals("avg")
                ? Optional.of(new Aggregation(dimension, run -> distribution.apply(run).mean()))
                : percentile(name)
                    .map(at -> new Aggregation(dimension, run -> distribution.apply(run).at(at))),
        OF_VALUES);
  }

  private static Optional<Double> percentile(String name) {
    Matcher matcher = PERCENTILE.matcher(name);
    return switch (name) {
      case "min" -> Optional.of(0.0);
      case "med" -> Optional.of(50.0);
      case "max" -> Optional.of(100.0);
      default ->
          matcher.matches()
              ? Optional.of(Double.valueOf(matcher.group(1))).filter(at -> at <= 100)
              : Optional.empty();
    };
  }

  private static Metric share(ToDoubleFunction<Measured> part, ToDoubleFunction<Measured> whole) {
    return byName(
        Map.of(
            "rate",
            new Aggregation(
                Dimension.SHARE,
                run -> quotient(part.applyAsDouble(run), whole.applyAsDouble(run))),
            "count",
            new Aggregation(Dimension.COUNT, run -> OptionalDouble.of(part.applyAsDouble(run)))));
  }

  private static Metric counted(ToDoubleFunction<Measured> count) {
    return byName(
        Map.of(
            "rate",
            new Aggregation(
                Dimension.RATE,
                run -> quotient(count.applyAsDouble(run), run.run().measuredSeconds())),
            "count",
            new Aggregation(Dimension.COUNT, run -> OptionalDouble.of(count.applyAsDouble(run)))));
  }

  private static Metric byName(Map<String, Aggregation> aggregations) {
    return new Metric(name -> Optional.ofNullable(aggregations.get(name)), OF_COUNTS);
  }

  private static OptionalDouble quotient(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }
}
