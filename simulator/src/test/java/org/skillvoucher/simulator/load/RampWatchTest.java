package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.load.LoadScenario.Ramp;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;

final class RampWatchTest {
  private final RampWatch watch =
      new RampWatch(
          new Ramp(
              Duration.ofSeconds(3),
              100,
              100,
              300,
              Duration.ofSeconds(2),
              Duration.ofMillis(500),
              1));
  private long at = 3;

  private boolean second(long accepted, long failed, long delayMillis) {
    Histogram delays = new Histogram(2);
    delays.recordValueWithCount(delayMillis * 1_000, Math.max(1, accepted));
    return watch.continueAfter(
        new Second(
            at++,
            accepted,
            accepted + failed,
            accepted + failed,
            accepted,
            failed,
            0,
            Latencies.of(delays),
            Map.of()));
  }

  private List<Boolean> good() {
    return watch.steps().stream().map(Step::sustained).toList();
  }

  @Test
  void aSustainedRampEndsWithItsLastStep() {
    assertTrue(second(100, 0, 10));
    assertTrue(second(100, 0, 10));
    assertTrue(second(200, 0, 10));
    assertTrue(second(200, 0, 10));
    assertTrue(second(300, 0, 10));
    assertFalse(second(300, 0, 10));
    assertEquals(List.of(true, true, true), good());
    assertEquals(300, watch.steps().getLast().accepted());
  }

  @Test
  void latenciesAboveTheMaximumEndIt() {
    second(100, 0, 10);
    second(100, 0, 10);
    assertTrue(second(200, 0, 900));
    assertFalse(second(200, 0, 900));
    assertFalse(second(200, 0, 10));
    assertEquals(List.of(true, false), good());
  }

  @Test
  void tooManyFailuresEndIt() {
    second(98, 2, 10);
    assertFalse(second(98, 2, 10));
    assertEquals(List.of(false), good());
    assertEquals(0.02, watch.steps().getFirst().failedShare(), 1e-9);
  }

  @Test
  void aGrowingQueueEndsItThoughEachAnswerIsFast() {
    second(50, 0, 10);
    assertFalse(second(50, 0, 10));
    assertEquals(List.of(false), good());
  }

  @Test
  void theWarmUpIsNotPartOfAStep() {
    at = 0;
    assertTrue(second(1, 90, 5_000));
    assertTrue(second(1, 90, 5_000));
    assertTrue(second(1, 90, 5_000));
    assertTrue(second(100, 0, 10));
    assertTrue(second(100, 0, 10));
    assertEquals(List.of(true), good());
  }
}
