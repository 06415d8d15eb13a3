package org.skillvoucher.simulator.report;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.simulator.report.Measured.Second;

/**
 * What is still accepted while far more come than can be served (有效吞吐).
 *
 * @param peak the most that was accepted a second over half a minute; the best of shorter times is
 *     chance
 * @param overloaded what was accepted a second while at least half as many again came as that
 */
record Goodput(double peak, double overloaded) {
  private static final int PEAK_SECONDS = 30;
  private static final double OVERLOAD = 1.5;

  /** Empty where nobody asked for so much for so long, or nothing was accepted. */
  static Optional<Goodput> of(Measured measured) {
    List<Second> counted =
        measured.seconds().stream()
            .filter(second -> second.at() >= measured.run().warmUp())
            .filter(second -> second.at() + 1 <= measured.run().seconds())
            .toList();
    double peak = peak(counted);
    List<Second> overloaded =
        counted.stream().filter(second -> peak > 0 && second.planned() >= OVERLOAD * peak).toList();
    return overloaded.size() < PEAK_SECONDS
        ? Optional.empty()
        : Optional.of(new Goodput(peak, mean(overloaded)));
  }

  private static double peak(List<Second> seconds) {
    double peak = 0;
    for (int from = 0; from + PEAK_SECONDS <= seconds.size(); from++) {
      peak = Math.max(peak, mean(seconds.subList(from, from + PEAK_SECONDS)));
    }
    return peak;
  }

  private static double mean(List<Second> seconds) {
    return seconds.stream().mapToLong(Second::accepted).average().orElse(0);
  }

  double share() {
    return overloaded / peak;
  }
}
