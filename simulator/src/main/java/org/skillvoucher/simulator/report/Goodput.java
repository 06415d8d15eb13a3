package org.skillvoucher.simulator.report;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.simulator.report.Measured.Second;

/**
 * Throughput under overload (有效吞吐): the rate of accepted scans while the arrival rate is far above
 * capacity, compared with the peak rate.
 *
 * @param peak the greatest mean rate of accepted scans over 30 seconds; shorter windows are noise
 * @param overloaded the mean rate of accepted scans in the seconds whose arrival rate was at least
 *     1.5 times the peak
 */
record Goodput(double peak, double overloaded) {
  private static final int PEAK_SECONDS = 30;
  private static final double OVERLOAD = 1.5;

  /** Empty when there were less than 30 seconds of overload, or nothing was accepted. */
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
