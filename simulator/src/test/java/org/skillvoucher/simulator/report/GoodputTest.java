package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Work;

class GoodputTest {
  private final List<Second> seconds = new ArrayList<>();

  private void seconds(int count, long planned, long accepted) {
    for (int i = 0; i < count; i++) {
      seconds.add(
          new Second(
              seconds.size(),
              planned,
              planned,
              accepted,
              accepted,
              0,
              0,
              Latencies.none(),
              Map.of()));
    }
  }

  private Measured run(Map<String, Long> errors) {
    return new Measured(
        new Measured.Run(
            "overload", 1, "own", Instant.EPOCH, seconds.size(), 5, 1, List.of(), Map.of()),
        new Work(900, 900, 300, 300, 0, 0, 0, 600, Latencies.none(), errors),
        Work.none(),
        seconds,
        List.of(),
        List.of(),
        List.of(),
        Thresholds.read(
            Map.of("goodput", List.of("rate > 80 %")), (path, fault) -> assertEquals("", fault)),
        List.of());
  }

  @Test
  void goodputIsTheAcceptedRateUnderOverloadAsAShareOfThePeak() {
    seconds(5, 5_000, 5_000); // warming up
    seconds(30, 1_000, 1_000);
    seconds(10, 1_400, 900);
    seconds(30, 3_000, 700);
    Measured run = run(Map.of());
    assertEquals(Optional.of(new Goodput(1_000, 700)), Goodput.of(run));
    assertFalse(run.thresholdResults().getFirst().met());
  }

  @Test
  void thereIsNoGoodputWithoutOverload() {
    seconds(5, 1, 1);
    seconds(30, 1_000, 1_000);
    seconds(29, 3_000, 1_000);
    assertEquals(Optional.empty(), Goodput.of(run(Map.of())));
  }

  @Test
  void responsesWithoutRetryAfterAreCountedSeparately() {
    assertEquals("try_again", RetryAfterStats.code(503, "try_again", true));
    assertEquals("not_found", RetryAfterStats.code(404, "not_found", false));
    String without = RetryAfterStats.code(503, "try_again", false);
    RetryAfterStats stats = RetryAfterStats.of(run(Map.of("try_again", 90L, without, 10L)).scans());
    assertEquals(new RetryAfterStats(100, 10, 400), stats);
    assertEquals(0.25, stats.share());
  }
}
