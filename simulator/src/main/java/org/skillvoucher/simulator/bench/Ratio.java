package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.wire.Json;

/**
 * A ratio of two measurements.
 *
 * @param id its name in the JSON
 * @param what its description
 * @param over name of the numerator's samples
 * @param under name of the denominator's samples
 * @param bound empty where the ratio is only reported
 */
record Ratio(String id, String what, String over, String under, Optional<Bound> bound) {

  /**
   * The bound of a ratio.
   *
   * @param atMost whether it is an upper bound
   */
  record Bound(double must, double aim, boolean atMost) {
    boolean holds(double ratio) {
      return atMost ? ratio <= must : ratio >= must;
    }

    String text() {
      return (atMost ? "≤ " : "≥ ") + must + ", aim " + aim;
    }
  }

  /** A ratio with its samples. */
  record MeasuredRatio(Ratio ratio, List<Double> over, List<Double> under) {
    Spread spread() {
      return Spread.ofRatio(over, under);
    }

    boolean holds() {
      return ratio.bound().map(bound -> bound.holds(spread().median())).orElse(true);
    }

    ObjectNode json() {
      ObjectNode json = Json.object().put("id", ratio.id()).put("what", ratio.what());
      put(json.putObject("ratio"), spread());
      put(json.putObject("over").put("name", ratio.over()), Spread.of(over));
      put(json.putObject("under").put("name", ratio.under()), Spread.of(under));
      ratio
          .bound()
          .ifPresent(
              bound ->
                  json.put("must", bound.must())
                      .put("aim", bound.aim())
                      .put("atMost", bound.atMost())
                      .put("holds", holds()));
      return json;
    }
  }

  static void put(ObjectNode to, Spread spread) {
    to.put("min", rounded(spread.min()))
        .put("median", rounded(spread.median()))
        .put("max", rounded(spread.max()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /**
   * With its samples.
   *
   * @throws IllegalArgumentException when they were not measured
   */
  MeasuredRatio measuredBy(Map<String, List<Double>> samples) {
    return new MeasuredRatio(this, samples(samples, over), samples(samples, under));
  }

  private static List<Double> samples(Map<String, List<Double>> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new IllegalArgumentException("not measured: " + name));
  }
}
