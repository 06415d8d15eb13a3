package org.skillvoucher.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Gauge;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.Thresholds;

class CpuPerScanTest {
  private static final MeasurementWindow WINDOW = new MeasurementWindow(2, 4);

  /** 1,000 scans a second from the third on; then 2.0 processors gateway, 1.0 database. */
  private static final Measured RUN =
      run(LongStream.of(10, 10, 1_000, 1_000, 7).boxed().toList(), 200, 100);

  @Test
  void cpuTimeOfNoThreadIsOfTheJvm() {
    var cpu =
        CpuPerScan.of(
            RUN,
            new FlightRecording(
                Map.of(
                    CpuCategory.HTTP,
                    Duration.ofSeconds(1),
                    CpuCategory.SEAL,
                    Duration.ofSeconds(2)),
                true),
            WINDOW);
    assertEquals(1_000, cpu.scans(), 1e-6);
    assertEquals(
        Map.of(CpuCategory.HTTP, 500.0, CpuCategory.SEAL, 1_000.0, CpuCategory.JVM, 500.0),
        rounded(cpu.categories()));
    assertEquals(2_000, cpu.gateway(), 1e-6);
    assertEquals(1_000, cpu.postgres(), 1e-6);
    assertEquals("receipt: SM2 over SM3 1000 33 %", cpu.table().get(2).replaceAll(" +", " "));
    assertEquals(500, cpu.json().at("/microsPerScan/http").asDouble());
  }

  @Test
  void sharesAreScaledToTheGatewaysCpuTime() {
    var cpu =
        CpuPerScan.of(
            RUN,
            new FlightRecording(
                Map.of(
                    CpuCategory.HTTP,
                    Duration.ofSeconds(1),
                    CpuCategory.SEAL,
                    Duration.ofSeconds(3)),
                false),
            WINDOW);
    assertEquals(
        Map.of(CpuCategory.HTTP, 500.0, CpuCategory.SEAL, 1_500.0), rounded(cpu.categories()));
  }

  @Test
  void aRunWithoutAcceptedScansOrSamplesIsInvalid() {
    var recorded = new FlightRecording(Map.of(CpuCategory.HTTP, Duration.ofSeconds(1)), true);
    assertThrows(
        IllegalArgumentException.class,
        () -> CpuPerScan.of(run(List.of(0L, 0L, 0L, 0L), 1, 1), recorded, WINDOW));
    assertThrows(
        IllegalArgumentException.class,
        () -> CpuPerScan.of(RUN, new FlightRecording(Map.of(), true), WINDOW));
  }

  @Test
  void thePeakIsTheStepThatAcceptsMostWithoutItsFirstSecond() {
    var run = run(List.of(900L, 10L, 20L, 30L, 500L, 40L, 60L, 0L, 45L), 1, 1);
    assertEquals(new Overload.PeakStep(1, 50), Overload.peakStep(run, 1, 3));
    assertEquals(25, Overload.accepted(run, new MeasurementWindow(2, 4)), 1e-6);
  }

  @Test
  void nineTenthsOfThePeakAreWithinTheBound() {
    List<Double> peaks = List.of(990.0, 1_000.0, 1_010.0);
    assertTrue(new Overload(2_000, peaks, List.of(700.0, 900.0, 910.0), 0).holds());
    var overload = new Overload(2_000, peaks, List.of(990.0, 880.0, 890.0), 0);
    assertFalse(overload.holds());
    assertEquals(0.89, overload.json().path("ratio").path("median").asDouble());
    assertEquals(
        "✗ 0.89 (0.88–1.00) of the peak (must be ≥ 0.9): 890 of 2,000 per second were accepted, the"
            + " peak is 1,000; entities stopped 0",
        overload.text());
    assertFalse(new BenchReport(List.of(), Optional.empty(), Optional.of(overload)).holds());
  }

  @Test
  void aStoppedEntityViolatesTheBound() {
    var overload = new Overload(2_000, List.of(1_000.0), List.of(1_000.0), 1);
    assertFalse(overload.holds());
    assertTrue(overload.text().endsWith("entities stopped 1"), overload.text());
  }

  private static Map<CpuCategory, Double> rounded(Map<CpuCategory, Double> stages) {
    return stages.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> (double) Math.round(entry.getValue())));
  }

  private static Measured run(List<Long> accepted, double gateway, double postgres) {
    var second = LongStream.range(0, accepted.size());
    return new Measured(
        new Measured.Run(
            "paced", 1, "own", Instant.EPOCH, accepted.size(), 0, 1, List.of(), Map.of()),
        Measured.Work.none(),
        Measured.Work.none(),
        second.mapToObj(at -> second(at, accepted.get((int) at))).toList(),
        LongStream.range(0, accepted.size())
            .mapToObj(
                at ->
                    new Measured.Usage(
                        at + 0.1,
                        at < 2
                            ? Map.of()
                            : Map.of(Gauge.GATEWAY_CPU, gateway, Gauge.POSTGRES_CPU, postgres)))
            .toList(),
        List.of(),
        List.of(),
        Thresholds.none(),
        List.of());
  }

  private static Measured.Second second(long at, long accepted) {
    return new Measured.Second(
        at, accepted, accepted, accepted, accepted, 0, 0, Latencies.none(), Map.of());
  }
}
