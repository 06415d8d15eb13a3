package org.skillvoucher.simulator.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Work;

/** Small results for tests. */
final class Runs {
  static final Instant START = Instant.parse("2026-11-21T00:30:00Z");
  static final Machine MACHINE = new Machine("a processor", 4, 16_000, "Linux 6", "25");

  private Runs() {}

  static Latencies latencies(double... millis) {
    Histogram histogram = new Histogram(2);
    for (double one : millis) {
      histogram.recordValue(Math.round(one * 1000));
    }
    return Latencies.of(histogram);
  }

  static Run run(double seconds) {
    return new Run(
        "morning-peak",
        1,
        "its own",
        START,
        seconds,
        0,
        1,
        List.of(MACHINE),
        Map.of("speed", "30"));
  }

  /** One accepted scan for each latency, of so many scheduled ones. */
  static Work work(long planned, Latencies latencies) {
    long accepted = latencies.count();
    return new Work(
        planned, planned, accepted, accepted, 0, planned - accepted, 0, 0, latencies, Map.of());
  }

  /** A run of ten seconds with these scans. */
  static Measured of(Work scans) {
    return new Measured(
        run(10),
        scans,
        Work.none(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Thresholds.none(),
        List.of());
  }

  static Measured with(Measured run, Thresholds thresholds) {
    return new Measured(
        run.run(),
        run.scans(),
        run.batches(),
        run.seconds(),
        run.usage(),
        run.faults(),
        run.steps(),
        thresholds,
        run.checks());
  }

  static Measured with(Measured run, List<Check> checks) {
    return new Measured(
        run.run(),
        run.scans(),
        run.batches(),
        run.seconds(),
        run.usage(),
        run.faults(),
        run.steps(),
        run.thresholds(),
        checks);
  }

  /** The thresholds in these expressions, of which none may be bad. */
  static Thresholds thresholds(Map<String, List<String>> expressions) {
    return Thresholds.read(
        expressions,
        (path, fault) -> {
          throw new AssertionError(path + " " + fault);
        });
  }
}
