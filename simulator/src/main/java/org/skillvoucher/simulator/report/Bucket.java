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
 * Consecutive seconds aggregated into one point of a chart, so that a chart of a run of any length
 * has a bounded number of points.
 *
 * @param at its start, in seconds since the run's start
 * @param length the seconds it covers
 * @param samples of resource usage, aggregated by gauge
 */
record Bucket(
    double at,
    double length,
    List<Second> seconds,
    Latencies latencies,
    Map<Gauge, DoubleSummaryStatistics> samples) {
  /** More points cannot be distinguished in a chart. */
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
                  Latencies.sum(those.stream().map(Second::latencies)),
                  samples(measured, at, at + length)));
        });
    return buckets;
  }

  /** NaN without a sample. */
  double of(Gauge gauge, ToDoubleFunction<DoubleSummaryStatistics> which) {
    DoubleSummaryStatistics values = samples.get(gauge);
    return values == null ? Double.NaN : which.applyAsDouble(values);
  }

  /** The last second of a run may be a partial one, which must not count as a slow one. */
  private static double covered(double at, int length, double end) {
    return at < end ? Math.clamp(end - at, 0.5, length) : length;
  }

  private static Map<Gauge, DoubleSummaryStatistics> samples(
      Measured measured, double from, double to) {
    Map<Gauge, DoubleSummaryStatistics> samples = new EnumMap<>(Gauge.class);
    for (Usage sample : measured.usage()) {
      if (sample.at() >= from && sample.at() < to) {
        sample
            .values()
            .forEach(
                (gauge, value) ->
                    samples
                        .computeIfAbsent(gauge, any -> new DoubleSummaryStatistics())
                        .accept(value));
      }
    }
    return samples;
  }
}
