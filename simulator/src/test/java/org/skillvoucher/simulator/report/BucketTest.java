package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

final class BucketTest {
  @Property(tries = 25)
  void bucketsCoverARunOfAnyLength(@ForAll @IntRange(min = 1, max = 20_000) int length) {
    List<Second> seconds = new ArrayList<>();
    List<Usage> samples = new ArrayList<>();
    for (int at = 0; at < length; at += 1 + at % 7) {
      seconds.add(new Second(at, 3, 3, 1, 1, 0, 0, Runs.latencies(at % 900 + 1), Map.of()));
      samples.add(new Usage(at + 0.3, Map.of(Gauge.GATEWAY_CPU, 50.0)));
    }
    Measured run =
        new Measured(
            Runs.run(length),
            Work.none(),
            Work.none(),
            seconds,
            samples,
            List.of(),
            List.of(),
            Thresholds.none(),
            List.of());
    List<Bucket> buckets = Bucket.of(run);
    assertTrue(buckets.size() <= 180);
    assertEquals(seconds, buckets.stream().flatMap(one -> one.seconds().stream()).toList());
    assertEquals(
        Latencies.sum(seconds.stream().map(Second::latencies)),
        Latencies.sum(buckets.stream().map(Bucket::latencies)));
    assertEquals(
        samples.size(),
        buckets.stream()
            .flatMap(one -> one.samples().values().stream())
            .mapToLong(one -> one.getCount())
            .sum());
    assertEquals(length, buckets.stream().mapToDouble(Bucket::length).sum(), 1e-6);
  }
}
