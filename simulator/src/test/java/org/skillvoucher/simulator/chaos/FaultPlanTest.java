package org.skillvoucher.simulator.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
  private static final List<Fault> ALL = List.of(Fault.values());

  @Test
  void theSameSeedGivesTheSameFaultsAtTheSameMoments() {
    assertEquals(new FaultPlan(ALL, 20, 7).all(), new FaultPlan(ALL, 20, 7).all());
    assertNotEquals(new FaultPlan(ALL, 20, 7).all(), new FaultPlan(ALL, 20, 8).all());
  }

  @Test
  void everyFaultAndEveryFreezeHasItsTurn() {
    List<PlannedFault> rounds = new FaultPlan(ALL, 21, 3).all();
    Map<Fault, Long> turns =
        rounds.stream().collect(Collectors.groupingBy(PlannedFault::fault, Collectors.counting()));
    assertEquals(
        Map.of(Fault.KILL_GATEWAY, 7L, Fault.KILL_POSTGRES, 7L, Fault.FREEZE_POSTGRES, 7L), turns);
    assertEquals(
        Set.copyOf(Fault.FREEZES),
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
        plan.all().stream()
            .map(round -> round.pause().plus(round.held()))
            .reduce(Duration.ZERO, Duration::plus);
    assertTrue(plan.length().compareTo(least) > 0);
  }

  @Test
  void aPlanWithoutFaultsOrRoundsIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new FaultPlan(List.of(), 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new FaultPlan(ALL, 0, 1));
  }

  @Test
  void itIsMetWhenAllFaultsWereMadeAndEachWasGotOverInTime() {
    FaultPlan plan = new FaultPlan(List.of(Fault.KILL_POSTGRES), 2, 1);
    assertTrue(plan.isMetBy(List.of(after(30), after(1))));
    assertFalse(plan.isMetBy(List.of(after(30))));
    assertFalse(plan.isMetBy(List.of(after(30), after(31))));
  }

  private static FaultRecord after(long seconds) {
    return new FaultRecord(
        Fault.KILL_POSTGRES,
        Duration.ZERO,
        Duration.ZERO,
        Optional.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void theCommandLinesWordsAreThoseOfTheReport() {
    assertEquals(
        List.of("kill-gateway", "kill-postgres", "freeze-postgres"),
        Arrays.stream(Fault.values()).map(Fault::word).toList());
    ALL.forEach(fault -> assertEquals(Optional.of(fault), Fault.of(fault.word())));
    assertEquals(Optional.empty(), Fault.of("kill-everything"));
  }
}
