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
import org.skillvoucher.simulator.chaos.FaultPlan.Round;

final class RoundsTest {
  private static final Round KILL = new Round(Fault.KILL_GATEWAY, Duration.ZERO, Duration.ZERO);
  private static final Round FREEZE =
      new Round(Fault.FREEZE_POSTGRES, Duration.ZERO, Duration.ofSeconds(5));

  private final BlockingQueue<Rounds.Blow> made = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> settled = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> gotOverBefore = new LinkedBlockingQueue<>();
  private Faults running = Faults.none();

  /** Makes faults by telling of them. */
  private final class Told implements Rounds.Maker {
    @Override
    public Rounds.Blow make(Round round) {
      Rounds.Blow blow = new Rounds.Blow(System.nanoTime(), System.nanoTime());
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
    try (Rounds rounds = new Rounds(List.of(KILL, FREEZE), new Told())) {
      running = rounds;
      rounds.start();
      Rounds.Blow first = made.take();
      for (int i = 0; i < 1_000; i++) {
        rounds.acknowledged(first.sentAfter());
      }
      assertTrue(made.isEmpty(), "what was sent before it tells nothing");
      assertEquals(List.of(), rounds.events());
      assertFalse(rounds.done());
      acknowledgeUntil(rounds, rounds::done);
      assertEquals(List.of(0, 1), List.copyOf(gotOverBefore));
      List<Struck> events = rounds.events();
      assertEquals(
          List.of(Fault.KILL_GATEWAY, Fault.FREEZE_POSTGRES),
          events.stream().map(Struck::fault).toList());
      assertEquals(List.of(KILL.held(), FREEZE.held()), events.stream().map(Struck::held).toList());
      assertTrue(events.stream().allMatch(Struck::inTime));
      assertEquals(2, settled.size());
    }
  }

  /** As a load does, over and over: the moment at which the answer is waited for is not ours. */
  private static void acknowledgeUntil(Rounds rounds, java.util.function.BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      rounds.acknowledged(System.nanoTime());
      Thread.onSpinWait();
    }
  }

  @Test
  void aLoadThatEndsBeforeAnybodyIsAcknowledgedLeavesAFaultThatWasNotGotOver() throws Exception {
    Rounds rounds = new Rounds(List.of(KILL, KILL), new Told());
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
    Rounds rounds =
        new Rounds(
            List.of(KILL, KILL),
            new Rounds.Maker() {
              @Override
              public Rounds.Blow make(Round round) throws IOException {
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
    Rounds rounds = new Rounds(List.of(KILL), new Told());
    rounds.close();
    assertTrue(made.isEmpty());
    try (Faults none = Faults.none()) {
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

  private static Struck after(Fault fault, long millis) {
    return new Struck(fault, Duration.ZERO, Duration.ZERO, Optional.of(Duration.ofMillis(millis)));
  }
}
