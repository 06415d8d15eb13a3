package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.chaos.FaultKind;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.FaultRecord;
import org.skillvoucher.simulator.checker.CheckResult;
import org.skillvoucher.simulator.report.Measured;

final class MeasuredConversionsTest {
  private static final FaultPlan PLAN = new FaultPlan(List.of(FaultKind.FREEZE_POSTGRES), 2, 1);

  private static FaultRecord fault(Optional<Duration> recovered) {
    return new FaultRecord(
        FaultKind.FREEZE_POSTGRES, Duration.ofMillis(2_500), Duration.ofSeconds(5), recovered);
  }

  @Test
  void aFaultHasItsTimesInTheUnitsOfTheResult() {
    Measured.Fault recovered =
        MeasuredConversions.fault(fault(Optional.of(Duration.ofMillis(1_200))));
    assertEquals(new Measured.Fault("freeze-postgres", 2.5, 5_000, 1_200), recovered);
    assertFalse(MeasuredConversions.fault(fault(Optional.empty())).isRecovered());
  }

  @Test
  void aFaultThatWasNotInjectedOrNotRecoveredFromIsAViolation() {
    FaultRecord recovered = fault(Optional.of(Duration.ofSeconds(1)));
    FaultRecord never = fault(Optional.empty());
    assertEquals(
        0, MeasuredConversions.allInjected(PLAN, List.of(recovered, recovered)).violations());
    assertEquals(1, MeasuredConversions.allInjected(PLAN, List.of(recovered)).violations());
    Measured.Check check = MeasuredConversions.allInjected(PLAN, List.of(recovered, never));
    assertEquals(1, check.violations());
    assertEquals(List.of("2 injected, 1 recovered from"), check.examples());
  }

  @Test
  void aCheckKeepsItsNumbers() {
    Measured.Check check =
        MeasuredConversions.check(new CheckResult("C1", "title", 7, 2, List.of("a", "b")));
    assertEquals(new Measured.Check("C1", "title", 7, 2, List.of("a", "b")), check);
  }

  @Test
  void theTableOfARampMarksTheSustainedSteps() {
    List<String> lines =
        MeasuredConversions.steps(
            List.of(
                new Measured.Step(100, 99.6, 12.4, 0.001, true),
                new Measured.Step(200, 120, 900, 0.02, false)));
    assertTrue(lines.getFirst().endsWith("sustained"), lines.toString());
    assertTrue(lines.get(2).matches(" *100 +100 +12 +0.10 +yes *"), lines.get(2));
    assertTrue(lines.get(3).matches(" *200 +120 +900 +2.00 +no *"), lines.get(3));
    assertEquals(List.of(), MeasuredConversions.steps(List.of()));
  }
}
