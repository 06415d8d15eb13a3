package org.skillvoucher.simulator.report;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on one number of a run (阈值), such as {@code p(99) < 500 ms} on {@code scan.delay}.
 *
 * @param expression as it is written
 * @param bound in the unit its dimension is kept in
 */
record Threshold(
    String metric, String expression, Metrics.Aspect aspect, Comparison comparison, double bound) {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\s*(\\S+?)\\s*(<=|>=|<|>)\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(\\S*)\\s*");

  /** No threshold, and why. */
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

  static Threshold parse(String name, String expression) throws Invalid {
    Metrics.Metric metric =
        Metrics.of(name)
            .orElseThrow(
                () -> new Invalid("is nothing one can measure; known are " + knownNames()));
    Matcher parts = EXPRESSION.matcher(expression);
    if (!parts.matches()) {
      throw new Invalid("must be such as \"p(99) < 500 ms\", and is \"" + expression + "\"");
    }
    String word = parts.group(1);
    Metrics.Aspect aspect =
        metric
            .aspects()
            .apply(word)
            .orElseThrow(() -> new Invalid("has " + metric.words() + ", and no " + word));
    Dimension dimension = aspect.dimension();
    double factor =
        dimension
            .factor(parts.group(4))
            .orElseThrow(() -> new Invalid(wrongUnit(word, dimension, parts.group(4))));
    return new Threshold(
        name,
        expression.strip(),
        aspect,
        Comparison.of(parts.group(2)),
        Double.parseDouble(parts.group(3)) * factor);
  }

  private static String knownNames() {
    return String.join(", ", Metrics.names());
  }

  private static String wrongUnit(String word, Dimension dimension, String unit) {
    String units = String.join(", ", dimension.units());
    return word
        + " is "
        + dimension
        + (units.isEmpty() ? " without a unit" : " in one of " + units)
        + ", and not in "
        + (unit.isEmpty() ? "nothing" : unit);
  }

  /** A bound on getting over one kind of fault counts where such a fault was made. */
  boolean isAbout(Measured measured) {
    return !metric.startsWith(Metrics.RECOVERY + ".")
        || measured.faults().stream().anyMatch(fault -> metric.endsWith("." + fault.what()));
  }

  Judgement judge(Measured measured) {
    OptionalDouble value = aspect.of().apply(measured);
    return new Judgement(
        metric,
        expression,
        value.isPresent() ? aspect.dimension().shown(value.getAsDouble()) : "",
        bound > 0 && Double.isFinite(value.orElse(0)) ? value.orElse(0) / bound : 0,
        value.isPresent() && comparison.holds(value.getAsDouble(), bound));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s", metric, expression);
  }
}
