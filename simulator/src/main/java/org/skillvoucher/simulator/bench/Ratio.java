package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.wire.Json;

/**
 * One thing compared with another.
 *
 * @param id its name in the JSON
 * @param what for people
 * @param over the samples above the line
 * @param under and those below
 * @param bound what it is held to; empty where it is told only
 */
record Ratio(String id, String what, String over, String under, Optional<Bound> bound) {

  /**
   * What a ratio is held to.
   *
   * @param atMost whether a small one is a good one
   */
  record Bound(double must, double aim, boolean atMost) {
    boolean holds(double ratio) {
      return atMost ? ratio <= must : ratio >= must;
    }

    String text() {
      return (atMost ? "≤ " : "≥ ") + must + ", aim " + aim;
    }
  }

  /** A ratio with its numbers. */
  record Found(Ratio ratio, List<Double> over, List<Double> under) {
    Spread spread() {
      return Spread.ofRatio(over, under);
    }

    boolean holds() {
      return ratio.bound().map(bound -> bound.holds(spread().median())).orElse(true);
    }

    ObjectNode json() {
      ObjectNode found = Json.object().put("id", ratio.id()).put("what", ratio.what());
      put(found.putObject("ratio"), spread());
      put(found.putObject("over").put("name", ratio.over()), Spread.of(over));
      put(found.putObject("under").put("name", ratio.under()), Spread.of(under));
      ratio
          .bound()
          .ifPresent(
              bound ->
                  found
                      .put("must", bound.must())
                      .put("aim", bound.aim())
                      .put("atMost", bound.atMost())
                      .put("holds", holds()));
      return found;
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
   * With these samples.
   *
   * @throws IllegalArgumentException when its own are not among them
   */
  Found in(Map<String, List<Double>> samples) {
    return new Found(this, samples(samples, over), samples(samples, under));
  }

  private static List<Double> samples(Map<String, List<Double>> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new IllegalArgumentException("nobody measured " + name));
  }
}
