package org.skillvoucher.simulator.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.chaos.FaultPlan.PlannedFault;

final class FaultPlanTest {
  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  @Test
  void theSameSeedGivesTheSameFaultsAtTheSameMoments() {
    assertEquals(
        new FaultPlan(ALL, 20, 7).faultsInOrder(), new FaultPlan(ALL, 20, 7).faultsInOrder());
    assertNotEquals(
        new FaultPlan(ALL, 20, 7).faultsInOrder(), new FaultPlan(ALL, 20, 8).faultsInOrder());
  }

  @Test
  void allFaultsAndAllFreezesAreInjectedEquallyOften() {
    List<PlannedFault> rounds = new FaultPlan(ALL, 21, 3).faultsInOrder();
    Map<FaultKind, Long> turns =
        rounds.stream().collect(Collectors.groupingBy(PlannedFault::fault, Collectors.counting()));
    assertEquals(
        Map.of(
            FaultKind.KILL_GATEWAY, 7L, FaultKind.KILL_POSTGRES, 7L, FaultKind.FREEZE_POSTGRES, 7L),
        turns);
    assertEquals(
        Set.copyOf(FaultKind.FREEZES),
        rounds.stream()
            .map(PlannedFault::held)
            .filter(Duration::isPositive)
            .collect(Collectors.toUnmodifiableSet()));
    assertTrue(
        rounds.stream()
            .allMatch(round -> round.held().isPositive() == (round.fault() == ALL.getLast())));
  }

  @Test
  void theLoadMustLastLongerThanAllPausesAndFreezes() {
    FaultPlan plan = new FaultPlan(ALL, 9, 1);
    Duration least =
        plan.faultsInOrder().stream()
            .map(round -> round.pause().plus(round.held()))
            .reduce(Duration.ZERO, Duration::plus);
    assertTrue(plan.length().compareTo(least) > 0);
  }

  @Test
  void aPlanNeedsFaultsAndRounds() {
    assertThrows(IllegalArgumentException.class, () -> new FaultPlan(List.of(), 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new FaultPlan(ALL, 0, 1));
  }

  @Test
  void theCommandLinesCodesAreThoseOfTheReport() {
    assertEquals(
        List.of("kill-gateway", "kill-postgres", "freeze-postgres"),
        Arrays.stream(FaultKind.values()).map(FaultKind::code).toList());
    ALL.forEach(fault -> assertEquals(Optional.of(fault), FaultKind.of(fault.code())));
    assertEquals(Optional.empty(), FaultKind.of("kill-everything"));
  }
}
