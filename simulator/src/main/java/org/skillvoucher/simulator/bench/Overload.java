package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.wire.Json;

/**
 * What is left of the capacity when twice as many come.
 *
 * @param peak the most that was accepted a second
 * @param offered how many came a second then
 * @param accepted and how many of them were accepted
 */
record Overload(double peak, double offered, double accepted) {
  private static final Ratio.Bound BOUND = new Ratio.Bound(0.9, 0.9, false);

  /** The best step of a run whose steps are as long as each other, after a warm-up. */
  static double peak(Measured run, int warmUpSeconds, int stepSeconds) {
    double best = 0;
    for (long from = warmUpSeconds; from < run.run().seconds(); from += stepSeconds) {
      // The first second of a step still answers what came in the step before.
      best = Math.max(best, accepted(run, new Window(from + 1, from + stepSeconds)));
    }
    return best;
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

  double ratio() {
    return accepted / peak;
  }

  boolean holds() {
    return BOUND.holds(ratio());
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%s %.2f of the peak (must be ≥ 0.9): %,.0f of %,.0f a second were accepted, the peak is %,.0f",
        holds() ? "✓" : "✗",
        ratio(),
        accepted,
        offered,
        peak);
  }

  ObjectNode json() {
    return Json.object()
        .put("peak", Math.round(peak))
        .put("offered", Math.round(offered))
        .put("accepted", Math.round(accepted))
        .put("ratio", Math.round(ratio() * 1000) / 1000.0)
        .put("must", BOUND.must())
        .put("holds", holds());
  }
}
