package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.simulator.report.Gauge;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.wire.Json;

/**
 * The accepted rate under overload, in rounds that alternate with the peak rate.
 *
 * @param offered arrivals per second: twice the peak
 * @param peaks accepted per second in each round at the sustained rate that accepts most
 * @param accepted accepted per second in each round at twice the peak
 * @param stopped entities that stopped because a write or a recovery failed
 */
record Overload(double offered, List<Double> peaks, List<Double> accepted, long stopped) {
  private static final Ratio.Bound BOUND = new Ratio.Bound(0.9, 0.9, false);

  Overload {
    peaks = List.copyOf(peaks);
    accepted = List.copyOf(accepted);
  }

  /**
   * The step that accepts most.
   *
   * @param number its index
   * @param accepted per second
   */
  record PeakStep(int number, double accepted) {}

  /** The step of a run, after a warm-up, that accepts most. */
  static PeakStep peakStep(Measured run, int warmUpSeconds, int stepSeconds) {
    PeakStep best = new PeakStep(0, 0);
    int number = 0;
    for (long from = warmUpSeconds; from < run.run().seconds(); from += stepSeconds) {
      // The first second of a step still answers arrivals of the step before.
      double accepted = accepted(run, new MeasurementWindow(from + 1, from + stepSeconds));
      best = accepted > best.accepted() ? new PeakStep(number, accepted) : best;
      number++;
    }
    return best;
  }

  /** Entities that stopped since the start of the gateway. */
  static long stopped(Measured run) {
    return run.usage().stream()
        .mapToLong(usage -> usage.values().getOrDefault(Gauge.ENTITIES_STOPPED, 0.0).longValue())
        .max()
        .orElse(0);
  }

  static double accepted(Measured run, MeasurementWindow window) {
    return (double) acceptedCount(run, window) / window.seconds();
  }

  /** Accepted in the whole window. */
  static long acceptedCount(Measured run, MeasurementWindow window) {
    return run.seconds().stream()
        .filter(second -> window.contains((double) second.at()))
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
        "%s %s of the peak (must be ≥ 0.9): %,.0f of %,.0f per second were accepted, the peak is %,.0f;"
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
