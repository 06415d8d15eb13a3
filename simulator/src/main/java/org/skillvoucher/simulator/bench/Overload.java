package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.simulator.report.Gauge;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.wire.Json;

/**
 * What is left of the capacity when twice as many come, in rounds by turns with the peak.
 *
 * @param offered how many came a second then
 * @param peaks what was accepted a second in each round at the rate that is sustained best
 * @param accepted and what of twice as many as the peak
 * @param stopped how many entities stopped meanwhile because a write or a recovery failed
 */
record Overload(double offered, List<Double> peaks, List<Double> accepted, long stopped) {
  private static final Ratio.Bound BOUND = new Ratio.Bound(0.9, 0.9, false);

  Overload {
    peaks = List.copyOf(peaks);
    accepted = List.copyOf(accepted);
  }

  /**
   * The best of steps that are as long as each other.
   *
   * @param number its place among them
   * @param accepted a second
   */
  record Best(int number, double accepted) {}

  /** The best step of a run after a warm-up. */
  static Best best(Measured run, int warmUpSeconds, int stepSeconds) {
    Best best = new Best(0, 0);
    int number = 0;
    for (long from = warmUpSeconds; from < run.run().seconds(); from += stepSeconds) {
      // The first second of a step still answers what came in the step before.
      double accepted = accepted(run, new Window(from + 1, from + stepSeconds));
      best = accepted > best.accepted() ? new Best(number, accepted) : best;
      number++;
    }
    return best;
  }

  /** Since the gateway was started. */
  static long stopped(Measured run) {
    return run.usage().stream()
        .mapToLong(look -> look.values().getOrDefault(Gauge.ENTITIES_STOPPED, 0.0).longValue())
        .max()
        .orElse(0);
  }

  static double accepted(Measured run, Window window) {
    return (double) sum(run, window) / window.seconds();
  }

  /** How many were accepted. */
  static long sum(Measured run, Window window) {
    return run.seconds().stream()
        .filter(second -> window.has((double) second.at()))
        .mapToLong(Measured.Second::accepted)
        .sum();
  }

  Spread ratio() {
    return Spread.ofRatio(accepted, peaks);
  }

  boolean holds() {
    return BOUND.holds(ratio().median()) && stopped == 0;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%s %s of the peak (must be ≥ 0.9): %,.0f of %,.0f a second were accepted, the peak is %,.0f;"
            + " entities stopped %d",
        holds() ? "✓" : "✗",
        ratio().text("%.2f"),
        Spread.of(accepted).median(),
        offered,
        Spread.of(peaks).median(),
        stopped);
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("offered", Math.round(offered));
    Ratio.put(json.putObject("ratio"), ratio());
    Ratio.put(json.putObject("peak"), Spread.of(peaks));
    Ratio.put(json.putObject("accepted"), Spread.of(accepted));
    return json.put("must", BOUND.must()).put("stopped", stopped).put("holds", holds());
  }
}
