package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

final class MergeTest {
  /** However requests are split, the merged latencies are those of one simulator. */
  @Property
  void partsAddUpToTheWhole(
      @ForAll @Size(max = 300) List<@DoubleRange(min = 0.01, max = 100_000) Double> millis,
      @ForAll @IntRange(min = 2, max = 5) int parts)
      throws Exception {
    List<List<Double>> dealt = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      dealt.add(new ArrayList<>());
    }
    for (int i = 0; i < millis.size(); i++) {
      dealt.get(i % parts).add(millis.get(i));
    }
    List<Measured> runs = new ArrayList<>();
    for (List<Double> one : dealt) {
      // Two equal parts would be rejected as one given twice.
      runs.add(part(latencies(one), Runs.START.plusSeconds(runs.size())));
    }
    Measured whole = Merge.of(runs);
    assertEquals(latencies(millis), whole.scans().latencies());
    assertEquals(millis.size(), whole.scans().accepted());
    assertEquals(latencies(millis), Latencies.sum(whole.seconds().stream().map(Second::latencies)));
  }

  @Test
  void secondsAreAlignedByTheWallClock() throws Exception {
    Measured early = part(Runs.latencies(1), Runs.START);
    Measured late = part(Runs.latencies(2), Runs.START.plusMillis(2_400));
    Measured whole = Merge.of(List.of(late, early));
    assertEquals(List.of(0L, 2L), whole.seconds().stream().map(Second::at).toList());
    assertEquals(Runs.START, whole.run().started());
    assertEquals(12.4, whole.run().seconds(), 1e-9);
    assertEquals(2, whole.run().parts());
    assertEquals(List.of(3.0, 5.4), whole.faults().stream().map(Fault::at).toList());
  }

  @Test
  void gatewayUsageIsTheMaximumAndSimulatorUsageTheSumOfTheParts() throws Exception {
    Measured whole =
        Merge.of(
            List.of(
                part(Runs.latencies(1), Runs.START),
                part(Runs.latencies(2), Runs.START.plusMillis(9))));
    assertEquals(
        List.of(new Usage(1, Map.of(Gauge.GATEWAY_CPU, 150.0, Gauge.SIMULATOR_CPU, 80.0))),
        whole.usage());
  }

  @Test
  void aViolationInOnePartIsAViolationOfTheWhole() throws Exception {
    Measured good =
        Runs.with(
            part(Runs.latencies(1), Runs.START), List.of(new Check("C1", "kept", 5, 0, List.of())));
    Measured bad =
        Runs.with(
            part(Runs.latencies(2), Runs.START),
            List.of(new Check("C1", "kept", 7, 1, List.of("receipt 3"))));
    Measured whole = Merge.of(List.of(good, bad));
    assertEquals(List.of(new Check("C1", "kept", 12, 1, List.of("receipt 3"))), whole.checks());
    assertEquals(Outcome.BROKEN, whole.outcome());
  }

  @Test
  void aMergedStepHasTheWorstLatencyOfItsParts() throws Exception {
    Measured whole =
        Merge.of(
            List.of(
                part(Runs.latencies(1), Runs.START),
                part(Runs.latencies(2), Runs.START.plusMillis(9))));
    assertEquals(List.of(new Step(200, 190, 12, 0.1, true)), whole.steps());
  }

  @Test
  void resultsOfDifferentRunsAreNotMerged() {
    Measured one = part(Runs.latencies(1), Runs.START);
    Measured otherBounds = Runs.with(one, Runs.thresholds(Map.of("late", List.of("rate < 1 %"))));
    assertThrows(Merge.Refused.class, () -> Merge.of(List.of(one, one)));
    assertThrows(Merge.Refused.class, () -> Merge.of(List.of(one, otherBounds)));
    Run run = one.run();
    Measured otherSeed =
        withRun(
            one,
            new Run(
                run.scenario(),
                2,
                run.gateway(),
                run.started(),
                run.seconds(),
                run.warmUp(),
                1,
                run.machines(),
                run.facts()));
    assertThrows(Merge.Refused.class, () -> Merge.of(List.of(one, otherSeed)));
  }

  private static Latencies latencies(List<Double> millis) {
    return Runs.latencies(millis.stream().mapToDouble(one -> one).toArray());
  }

  /** One second, two samples, one fault and one step. */
  private static Measured part(Latencies latencies, Instant started) {
    Work scans = Runs.work(latencies.count(), latencies);
    Run run = Runs.run(10);
    return new Measured(
        new Run(
            run.scenario(),
            run.seed(),
            run.gateway(),
            started,
            run.seconds(),
            run.warmUp(),
            1,
            run.machines(),
            run.facts()),
        scans,
        Work.none(),
        List.of(
            new Second(
                0, scans.planned(), scans.sent(), latencies.count(), 0, 0, 0, latencies, Map.of())),
        List.of(
            new Usage(0.6, Map.of(Gauge.GATEWAY_CPU, 120.0, Gauge.SIMULATOR_CPU, 30.0)),
            new Usage(1.2, Map.of(Gauge.GATEWAY_CPU, 150.0, Gauge.SIMULATOR_CPU, 40.0))),
        List.of(new Fault("freeze-postgres", 3, 0, 500)),
        List.of(new Step(100, 95, 12, 0.1, true)),
        Thresholds.none(),
        List.of());
  }

  private static Measured withRun(Measured measured, Run run) {
    return new Measured(
        run,
        measured.scans(),
        measured.batches(),
        measured.seconds(),
        measured.usage(),
        measured.faults(),
        measured.steps(),
        measured.thresholds(),
        measured.checks());
  }
}
