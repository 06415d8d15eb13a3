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

/** What thresholds can be set on, by name. */
final class Metrics {
  /** Of all faults; with a dot and a kind behind it, of that kind's. */
  static final String RECOVERY = "recovery";

  private static final Pattern PERCENTILE = Pattern.compile("p\\((\\d{1,3}(?:\\.\\d{1,4})?)\\)");
  private static final String OF_VALUES = "p(99), med, avg, min and max";
  private static final String OF_COUNTS = "rate and count";

  private static final Map<String, Metric> KNOWN = known();

  private Metrics() {}

  /**
   * A number that a run has.
   *
   * @param of empty when it was not measured
   */
  record Aspect(Dimension dimension, Function<Measured, OptionalDouble> of) {}

  /**
   * Something with several such numbers.
   *
   * @param aspects by the word for it, such as {@code p(99)}
   * @param words which words it has, for people
   */
  record Metric(Function<String, Optional<Aspect>> aspects, String words) {}

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
            word ->
                word.equals("rate")
                    ? Optional.of(new Aspect(Dimension.SHARE, Metrics::goodput))
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
        name + ".delay", values(Dimension.TIME, run -> new OfDelays(whichOf.apply(run).delays())));
    known.put(
        name + ".failed",
        share(run -> whichOf.apply(run).failed(), run -> whichOf.apply(run).sent()));
    known.put(name + ".sent", counted(run -> whichOf.apply(run).sent()));
    known.put(name + ".answered", counted(run -> whichOf.apply(run).answered()));
    known.put(name + ".accepted", counted(run -> whichOf.apply(run).accepted()));
  }

  /** Many values, of which one can ask for one at a percentile. */
  private sealed interface Spread {
    OptionalDouble at(double percentile);

    OptionalDouble mean();
  }

  private record OfDelays(Delays delays) implements Spread {
    @Override
    public OptionalDouble at(double percentile) {
      return delays.count() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(delays.millisAt(percentile));
    }

    @Override
    public OptionalDouble mean() {
      return delays.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(delays.meanMillis());
    }
  }

  private record OfSorted(List<Double> values) implements Spread {
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

  private static Spread sorted(DoubleStream values) {
    return new OfSorted(values.sorted().boxed().toList());
  }

  private static Metric values(Dimension dimension, Function<Measured, Spread> spread) {
    return new Metric(
        word ->
            word.equals("avg")
                ? Optional.of(new Aspect(dimension, run -> spread.apply(run).mean()))
                : percentile(word)
                    .map(at -> new Aspect(dimension, run -> spread.apply(run).at(at))),
        OF_VALUES);
  }

  private static Optional<Double> percentile(String word) {
    Matcher matcher = PERCENTILE.matcher(word);
    return switch (word) {
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
    return byWord(
        Map.of(
            "rate",
            new Aspect(
                Dimension.SHARE,
                run -> quotient(part.applyAsDouble(run), whole.applyAsDouble(run))),
            "count",
            new Aspect(Dimension.COUNT, run -> OptionalDouble.of(part.applyAsDouble(run)))));
  }

  private static Metric counted(ToDoubleFunction<Measured> count) {
    return byWord(
        Map.of(
            "rate",
            new Aspect(
                Dimension.RATE, run -> quotient(count.applyAsDouble(run), run.run().counted())),
            "count",
            new Aspect(Dimension.COUNT, run -> OptionalDouble.of(count.applyAsDouble(run)))));
  }

  private static Metric byWord(Map<String, Aspect> aspects) {
    return new Metric(word -> Optional.ofNullable(aspects.get(word)), OF_COUNTS);
  }

  private static OptionalDouble quotient(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }
}
