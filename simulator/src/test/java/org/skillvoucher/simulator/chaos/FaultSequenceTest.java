package org.skillvoucher.simulator.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.chaos.FaultPlan.PlannedFault;

final class FaultSequenceTest {
  private static final PlannedFault KILL =
      new PlannedFault(Fault.KILL_GATEWAY, Duration.ZERO, Duration.ZERO);
  private static final PlannedFault FREEZE =
      new PlannedFault(Fault.FREEZE_POSTGRES, Duration.ZERO, Duration.ofSeconds(5));

  private final BlockingQueue<FaultSequence.Injection> made = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> settled = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> gotOverBefore = new LinkedBlockingQueue<>();
  private FaultInjection running = FaultInjection.none();

  /** Makes faults by telling of them. */
  private final class Told implements FaultSequence.FaultInjector {
    @Override
    public FaultSequence.Injection make(PlannedFault round) {
      FaultSequence.Injection blow =
          new FaultSequence.Injection(System.nanoTime(), System.nanoTime());
      gotOverBefore.add(running.events().size());
      made.add(blow);
      return blow;
    }

    @Override
    public void settle() {
      settled.add("settled");
    }
  }

  @Test
  void theNextFaultWaitsUntilAScanSentAfterTheLastOneIsAcknowledged() throws Exception {
    try (FaultSequence rounds = new FaultSequence(List.of(KILL, FREEZE), new Told())) {
      running = rounds;
      rounds.start();
      FaultSequence.Injection first = made.take();
      for (int i = 0; i < 1_000; i++) {
        rounds.acknowledged(first.sentAfter());
      }
      assertTrue(made.isEmpty(), "what was sent before it tells nothing");
      assertEquals(List.of(), rounds.events());
      assertFalse(rounds.done());
      acknowledgeUntil(rounds, rounds::done);
      assertEquals(List.of(0, 1), List.copyOf(gotOverBefore));
      List<FaultRecord> events = rounds.events();
      assertEquals(
          List.of(Fault.KILL_GATEWAY, Fault.FREEZE_POSTGRES),
          events.stream().map(FaultRecord::fault).toList());
      assertEquals(
          List.of(KILL.held(), FREEZE.held()), events.stream().map(FaultRecord::held).toList());
      assertTrue(events.stream().allMatch(FaultRecord::inTime));
      assertEquals(2, settled.size());
    }
  }

  /** As a load does, over and over: the moment at which the answer is waited for is not ours. */
  private static void acknowledgeUntil(
      FaultSequence rounds, java.util.function.BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      rounds.acknowledged(System.nanoTime());
      Thread.onSpinWait();
    }
  }

  @Test
  void aLoadThatEndsBeforeAnybodyIsAcknowledgedLeavesAFaultThatWasNotGotOver() throws Exception {
    FaultSequence rounds = new FaultSequence(List.of(KILL, KILL), new Told());
    rounds.start();
    made.take();
    rounds.close();
    assertEquals(1, rounds.events().size());
    assertEquals(Optional.empty(), rounds.events().getFirst().recovered());
    assertFalse(rounds.events().getFirst().inTime());
    assertTrue(rounds.done(), "what is down cannot be struck down");
    assertEquals(1, settled.size(), "who was hit runs again all the same");
  }

  @Test
  void aFaultThatCannotBeMadeEndsTheFaults() {
    FaultSequence rounds =
        new FaultSequence(
            List.of(KILL, KILL),
            new FaultSequence.FaultInjector() {
              @Override
              public FaultSequence.Injection make(PlannedFault round) throws IOException {
                throw new IOException("not allowed");
              }

              @Override
              public void settle() {}
            });
    rounds.start();
    rounds.close();
    assertEquals(List.of(), rounds.events());
    assertTrue(rounds.done());
  }

  @Test
  void faultsThatNeverBeganEndAtOnce() {
    FaultSequence rounds = new FaultSequence(List.of(KILL), new Told());
    rounds.close();
    assertTrue(made.isEmpty());
    try (FaultInjection none = FaultInjection.none()) {
      none.start();
      assertTrue(none.done());
    }
  }

  @Test
  void afterAGatewaysDeathFifteenSecondsAreTheMostAndAfterPostgresThirty() {
    assertTrue(after(Fault.KILL_GATEWAY, 15_000).inTime());
    assertFalse(after(Fault.KILL_GATEWAY, 15_001).inTime());
    assertTrue(after(Fault.KILL_POSTGRES, 30_000).inTime());
    assertFalse(after(Fault.KILL_POSTGRES, 30_001).inTime());
  }

  private static FaultRecord after(Fault fault, long millis) {
    return new FaultRecord(
        fault, Duration.ZERO, Duration.ZERO, Optional.of(Duration.ofMillis(millis)));
  }
}
