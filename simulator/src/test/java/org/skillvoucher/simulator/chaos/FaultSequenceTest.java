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
      new PlannedFault(FaultKind.KILL_GATEWAY, Duration.ZERO, Duration.ZERO);
  private static final PlannedFault FREEZE =
      new PlannedFault(FaultKind.FREEZE_POSTGRES, Duration.ZERO, Duration.ofSeconds(5));

  private final BlockingQueue<FaultSequence.InjectedFault> injections = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> recoveries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> recordedBefore = new LinkedBlockingQueue<>();
  private FaultInjection running = FaultInjection.none();

  /** Records the injected faults. */
  private final class RecordingInjector implements FaultSequence.FaultInjector {
    @Override
    public FaultSequence.InjectedFault inject(PlannedFault fault) {
      FaultSequence.InjectedFault injected =
          new FaultSequence.InjectedFault(System.nanoTime(), System.nanoTime());
      recordedBefore.add(running.events().size());
      injections.add(injected);
      return injected;
    }

    @Override
    public void awaitRecovery() {
      recoveries.add("recovered");
    }
  }

  @Test
  void theNextFaultWaitsUntilAScanSentAfterTheLastOneIsAcknowledged() throws Exception {
    try (FaultSequence sequence =
        new FaultSequence(List.of(KILL, FREEZE), new RecordingInjector())) {
      running = sequence;
      sequence.start();
      FaultSequence.InjectedFault first = injections.take();
      for (int i = 0; i < 1_000; i++) {
        sequence.acknowledged(first.beganAtNanos());
      }
      assertTrue(injections.isEmpty(), "what was sent before the fault proves no recovery");
      assertEquals(List.of(), sequence.events());
      assertFalse(sequence.isDone());
      acknowledgeUntil(sequence, sequence::isDone);
      assertEquals(List.of(0, 1), List.copyOf(recordedBefore));
      List<FaultRecord> events = sequence.events();
      assertEquals(
          List.of(FaultKind.KILL_GATEWAY, FaultKind.FREEZE_POSTGRES),
          events.stream().map(FaultRecord::fault).toList());
      assertEquals(
          List.of(KILL.held(), FREEZE.held()), events.stream().map(FaultRecord::held).toList());
      assertTrue(events.stream().allMatch(FaultRecord::inTime));
      assertEquals(2, recoveries.size());
    }
  }

  /** Acknowledges continuously, as a load does. */
  private static void acknowledgeUntil(
      FaultSequence sequence, java.util.function.BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      sequence.acknowledged(System.nanoTime());
      Thread.onSpinWait();
    }
  }

  @Test
  void aLoadThatEndsWithoutAcknowledgementLeavesAFaultWithoutRecovery() throws Exception {
    FaultSequence sequence = new FaultSequence(List.of(KILL, KILL), new RecordingInjector());
    sequence.start();
    injections.take();
    sequence.close();
    assertEquals(1, sequence.events().size());
    assertEquals(Optional.empty(), sequence.events().getFirst().recovered());
    assertFalse(sequence.events().getFirst().inTime());
    assertTrue(sequence.isDone(), "no further fault after one without recovery");
    assertEquals(1, recoveries.size(), "the processes that were hit run again all the same");
  }

  @Test
  void aFailedInjectionEndsTheSequence() {
    FaultSequence sequence =
        new FaultSequence(
            List.of(KILL, KILL),
            new FaultSequence.FaultInjector() {
              @Override
              public FaultSequence.InjectedFault inject(PlannedFault fault) throws IOException {
                throw new IOException("not allowed");
              }

              @Override
              public void awaitRecovery() {}
            });
    sequence.start();
    sequence.close();
    assertEquals(List.of(), sequence.events());
    assertTrue(sequence.isDone());
  }

  @Test
  void aSequenceThatWasNotStartedClosesAtOnce() {
    FaultSequence sequence = new FaultSequence(List.of(KILL), new RecordingInjector());
    sequence.close();
    assertTrue(injections.isEmpty());
    try (FaultInjection none = FaultInjection.none()) {
      none.start();
      assertTrue(none.isDone());
    }
  }

  @Test
  void aKilledGatewayMustRecoverInFifteenSecondsAndPostgresInThirty() {
    assertTrue(after(FaultKind.KILL_GATEWAY, 15_000).inTime());
    assertFalse(after(FaultKind.KILL_GATEWAY, 15_001).inTime());
    assertTrue(after(FaultKind.KILL_POSTGRES, 30_000).inTime());
    assertFalse(after(FaultKind.KILL_POSTGRES, 30_001).inTime());
  }

  private static FaultRecord after(FaultKind fault, long millis) {
    return new FaultRecord(
        fault, Duration.ZERO, Duration.ZERO, Optional.of(Duration.ofMillis(millis)));
  }
}
