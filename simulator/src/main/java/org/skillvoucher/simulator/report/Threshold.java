package org.skillvoucher.simulator.report;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on an aggregated metric of a run (阈值), such as {@code p(99) < 500 ms} on {@code
 * scan.delay}.
 *
 * @param expression as written in the scenario file
 * @param bound in the base unit of its dimension
 */
record Threshold(
    String metric,
    String expression,
    Metrics.Aggregation aggregation,
    Comparison comparison,
    double bound) {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\s*(\\S+?)\\s*(<=|>=|<|>)\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(\\S*)\\s*");

  /** An invalid expression, with the reason. */
  static final class Invalid extends Exception {
    Invalid(String why) {
      super(why);
    }
  }

  private enum Comparison {
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    static Comparison of(String sign) {
      for (Comparison comparison : values()) {
        if (comparison.sign.equals(sign)) {
          return comparison;
        }
      }
      throw new IllegalArgumentException(sign);
    }

    boolean holds(double value, double bound) {
      return switch (this) {
        case BELOW -> value < bound;
        case AT_MOST -> value <= bound;
        case ABOVE -> value > bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }

  static Threshold parse(String metricName, String expression) throws Invalid {
    Metrics.Metric metric =
        Metrics.of(metricName)
            .orElseThrow(() -> new Invalid("is not a metric; the metrics are " + knownNames()));
    Matcher parts = EXPRESSION.matcher(expression);
    if (!parts.matches()) {
      throw new Invalid("must be such as \"p(99) < 500 ms\", and is \"" + expression + "\"");
    }
    String aggregationName = parts.group(1);
    Metrics.Aggregation aggregation =
        metric
            .aggregations()
            .apply(aggregationName)
            .orElseThrow(
                () ->
                    new Invalid(
                        "has " + metric.aggregationNames() + ", and no " + aggregationName));
    Dimension dimension = aggregation.dimension();
    double factor =
        dimension
            .factor(parts.group(4))
            .orElseThrow(() -> new Invalid(wrongUnit(aggregationName, dimension, parts.group(4))));
    return new Threshold(
        metricName,
        expression.strip(),
        aggregation,
        Comparison.of(parts.group(2)),
        Double.parseDouble(parts.group(3)) * factor);
  }

  private static String knownNames() {
    return String.join(", ", Metrics.names());
  }

  private static String wrongUnit(String name, Dimension dimension, String unit) {
    String units = String.join(", ", dimension.units());
    return name
        + " is "
        + dimension
        + (units.isEmpty() ? " without a unit" : " in one of " + units)
        + ", and not in "
        + (unit.isEmpty() ? "nothing" : unit);
  }

  /** The recovery time of one kind of fault is evaluated only where such a fault was injected. */
  boolean appliesTo(Measured measured) {
    return !metric.startsWith(Metrics.RECOVERY + ".")
        || measured.faults().stream().anyMatch(fault -> metric.endsWith("." + fault.what()));
  }

  ThresholdResult evaluate(Measured measured) {
    OptionalDouble value = aggregation.of().apply(measured);
    return new ThresholdResult(
        metric,
        expression,
        value.isPresent() ? aggregation.dimension().format(value.getAsDouble()) : "",
        bound > 0 && Double.isFinite(value.orElse(0)) ? value.orElse(0) / bound : 0,
        value.isPresent() && comparison.holds(value.getAsDouble(), bound));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s", metric, expression);
  }
}
