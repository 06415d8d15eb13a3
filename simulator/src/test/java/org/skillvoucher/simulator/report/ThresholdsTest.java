package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

final class ThresholdsTest {
  /** A hundred answers after 1, 2, 3 ... 100 ms in ten seconds, of 125 that were sent. */
  private static final Measured HUNDRED =
      new Measured(
          Runs.run(10),
          new Work(
              200,
              125,
              100,
              90,
              5,
              25,
              2,
              1,
              Runs.latencies(IntStream.rangeClosed(1, 100).asDoubleStream().toArray()),
              Map.of()),
          Work.none(),
          List.of(),
          List.of(
              new Usage(0, Map.of(Gauge.GATEWAY_CPU, 100.0, Gauge.GATEWAY_HEAP, 200.0)),
              new Usage(1, Map.of(Gauge.GATEWAY_CPU, 300.0, Gauge.FEED_LAG, 2_000.0))),
          List.of(new Fault("kill-gateway", 3, 0, 4_000), new Fault("kill-gateway", 6, 0, 9_000)),
          List.of(),
          Thresholds.none(),
          List.of());

  @ParameterizedTest
  @CsvSource({
    "scan.delay,     p(99) < 101 ms,   true",
    "scan.delay,     p(99) < 98 ms,    false",
    "scan.delay,     p(99)<0.101s,     true",
    "scan.delay,     p(99.9) > 99 ms,  true",
    "scan.delay,     max <= 1 min,     true",
    "scan.delay,     max > 99000 us,   true",
    "scan.delay,     min < 1.1 ms,     true",
    "scan.delay,     med < 51 ms,      true",
    "scan.delay,     med < 49 ms,      false",
    "scan.delay,     avg < 51 ms,      true",
    "scan.failed,    rate <= 20 %,     true",
    "scan.failed,    rate < 20 %,      false",
    "scan.failed,    rate <= 0.2,      true",
    "scan.failed,    count < 26,       true",
    "scan.accepted,  rate >= 9 /s,     true",
    "scan.accepted,  rate > 9 /s,      false",
    "scan.accepted,  rate >= 540 /min, true",
    "scan.accepted,  count >= 90,      true",
    "scan.sent,      count > 125,      false",
    "scan.answered,  rate >= 10 /s,    true",
    "late,           rate <= 1 %,      true",
    "late,           rate < 1 %,       false",
    "dropped,        count < 1,        false",
    "gateway.cpu,    max <= 3 cores,   true",
    "gateway.cpu,    avg <= 200 %,     true",
    "gateway.cpu,    avg < 200 %,      false",
    "gateway.heap,   max < 1 GB,       true",
    "gateway.heap,   max < 200 MB,     false",
    "feed.lag,       max <= 2 s,       true",
    "recovery,       max < 10 s,       true",
    "recovery,       med < 4 s,        false",
  })
  void aBoundHoldsOrDoesNot(String metric, String expression, boolean holds) {
    ThresholdResult result = evaluate(HUNDRED, metric, expression);
    assertEquals(holds, result.met(), result::toString);
    assertTrue(result.isMeasured());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scan.dealy    | p(99) < 5 ms     | is not a metric; the metrics are scan.delay",
        "scan.delay    | p(99) = 5 ms     | must be such as",
        "scan.delay    | p(99) <          | must be such as",
        "scan.delay    | p(99) < -5 ms    | must be such as",
        "scan.delay    | p(101) < 5 ms    | has p(99), med, avg, min and max, and no p(101)",
        "scan.delay    | p99 < 5 ms       | and no p99",
        "scan.delay    | rate < 5 /s      | and no rate",
        "scan.delay    | p(99) < 500      | p(99) is a time in one of min, ms, s, us, µs, and not",
        "scan.delay    | p(99) < 500 mb   | and not in mb",
        "scan.failed   | max < 3          | has rate and count, and no max",
        "scan.failed   | rate < 3 ms      | rate is a share in one of %, and not in ms",
        "scan.failed   | count < 3 %      | count is a number without a unit, and not in %",
        "scan.accepted | rate > 2000      | rate is a rate in one of /min, /s, and not in nothing",
        "gateway.heap  | max < 3 s        | max is a size in one of GB, MB, and not in s",
      })
  void anInvalidExpressionIsReportedWithItsPathAndReason(
      String metric, String expression, String why) {
    List<String> faults = new ArrayList<>();
    Thresholds read =
        Thresholds.read(
            Map.of(metric, List.of(expression)), (path, fault) -> faults.add(path + " " + fault));
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().startsWith(metric + "[0] "), faults::toString);
    assertTrue(faults.getFirst().contains(why), faults::toString);
    assertTrue(read.isEmpty());
  }

  @Test
  void allInvalidExpressionsAreReportedAndTheValidOnesKept() {
    List<String> paths = new ArrayList<>();
    Thresholds read =
        Thresholds.read(
            Map.of("scan.delay", List.of("p(1 < 5", "max < 5 s", "p(99) < 5")),
            (path, fault) -> paths.add(path));
    assertEquals(List.of("scan.delay[0]", "scan.delay[2]"), paths);
    assertEquals(1, read.evaluate(HUNDRED).size());
  }

  @Test
  void aThresholdOnSomethingNotMeasuredIsMissed() {
    Measured nothing = Runs.of(Work.none());
    for (String metric : List.of("scan.delay", "feed.lag", "recovery")) {
      ThresholdResult result = evaluate(nothing, metric, "max < 5 min");
      assertFalse(result.met());
      assertFalse(result.isMeasured());
    }
    assertFalse(evaluate(nothing, "scan.failed", "rate < 1 %").met());
  }

  @Test
  void aThresholdOnOneKindOfFaultAppliesOnlyWhereThatFaultWasInjected() {
    Measured killed =
        new Measured(
            HUNDRED.run(),
            HUNDRED.scans(),
            HUNDRED.batches(),
            List.of(),
            List.of(),
            List.of(
                new Fault("kill-gateway", 3, 0, 16_000), new Fault("kill-postgres", 9, 0, 20_000)),
            List.of(),
            Thresholds.none(),
            List.of());
    assertFalse(evaluate(killed, "recovery.kill-gateway", "max < 15 s").met());
    assertTrue(evaluate(killed, "recovery.kill-postgres", "max < 30 s").met());
    Thresholds bounds = Thresholds.read(Map.of("recovery.freeze-postgres", List.of("max < 30 s")));
    assertEquals(List.of(), bounds.evaluate(killed));
  }

  @Test
  void aFaultWithoutRecoveryMissesEveryThresholdOnRecovery() {
    Measured dead =
        new Measured(
            HUNDRED.run(),
            HUNDRED.scans(),
            HUNDRED.batches(),
            List.of(),
            List.of(),
            List.of(new Fault("kill-gateway", 3, 0, Fault.NEVER)),
            List.of(),
            Thresholds.none(),
            List.of());
    ThresholdResult result = evaluate(dead, "recovery", "max < 1000000 min");
    assertFalse(result.met());
    assertEquals("never", result.measured());
  }

  @ParameterizedTest
  @CsvSource({
    "scan.delay,    max < 1 s,     100 ms",
    "scan.failed,   rate < 1 %,    20.0 %",
    "scan.accepted, rate > 1 /s,   9.00 /s",
    "scan.accepted, count > 1,     90",
    "gateway.cpu,   max < 1 cores, 300 %",
    "gateway.heap,  max < 1 GB,    200 MB",
    "feed.lag,      max < 1 s,     2.00 s"
  })
  void whatWasMeasuredIsShownWithItsUnit(String metric, String expression, String shown) {
    assertEquals(shown, evaluate(HUNDRED, metric, expression).measured());
  }

  private static ThresholdResult evaluate(Measured run, String metric, String expression) {
    return Runs.thresholds(Map.of(metric, List.of(expression))).evaluate(run).getFirst();
  }
}
