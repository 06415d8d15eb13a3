package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Usage;

/**
 * Neighbouring seconds taken together, so that a run of any length fits into one picture.
 *
 * @param at its beginning, seconds since the run's start
 * @param length how many seconds it covers
 * @param looks what gateway and database took then
 */
record Bucket(
    double at,
    double length,
    List<Second> seconds,
    Delays delays,
    Map<Gauge, DoubleSummaryStatistics> looks) {
  /** More points than this cannot be told apart on a page. */
  private static final int BUCKETS_MAX = 180;

  private static final List<Integer> LENGTHS = List.of(1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600);

  static List<Bucket> of(Measured measured) {
    long last =
        Math.max(
            measured.seconds().stream().mapToLong(Second::at).max().orElse(-1),
            (long) Math.ceil(measured.run().seconds()) - 1);
    int length =
        LENGTHS.stream()
            .filter(one -> last / one < BUCKETS_MAX)
            .findFirst()
            .orElse(LENGTHS.getLast());
    Map<Long, List<Second>> seconds = new TreeMap<>();
    for (long at = 0; at <= last; at += length) {
      seconds.put(at / length, new ArrayList<>());
    }
    for (Second second : measured.seconds()) {
      seconds.computeIfAbsent(second.at() / length, any -> new ArrayList<>()).add(second);
    }
    List<Bucket> buckets = new ArrayList<>();
    seconds.forEach(
        (number, those) -> {
          double at = number * length;
          buckets.add(
              new Bucket(
                  at,
                  covered(at, length, measured.run().seconds()),
                  those,
                  Delays.sum(those.stream().map(Second::delays)),
                  looks(measured, at, at + length)));
        });
    return buckets;
  }

  /** NaN where nobody looked. */
  double of(Gauge gauge, ToDoubleFunction<DoubleSummaryStatistics> which) {
    DoubleSummaryStatistics values = looks.get(gauge);
    return values == null ? Double.NaN : which.applyAsDouble(values);
  }

  /** The run's last second may be a short one, and is not for that a slow one. */
  private static double covered(double at, int length, double end) {
    return at < end ? Math.clamp(end - at, 0.5, length) : length;
  }

  private static Map<Gauge, DoubleSummaryStatistics> looks(
      Measured measured, double from, double to) {
    Map<Gauge, DoubleSummaryStatistics> looks = new EnumMap<>(Gauge.class);
    for (Usage look : measured.usage()) {
      if (look.at() >= from && look.at() < to) {
        look.values()
            .forEach(
                (gauge, value) ->
                    looks
                        .computeIfAbsent(gauge, any -> new DoubleSummaryStatistics())
                        .accept(value));
      }
    }
    return looks;
  }
}
