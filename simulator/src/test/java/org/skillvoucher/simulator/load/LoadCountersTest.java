package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadCountersTest {
  private final LoadCounters counters = new LoadCounters();

  @Test
  void anArrivalDeliveredLateIsCountedAsLateAndAsDue() {
    counters.due(0);
    counters.due(LoadCounters.LATE_MICROS);
    counters.due(LoadCounters.LATE_MICROS + 1);
    assertEquals(3, counters.read().due());
    assertEquals(1, counters.read().late());
  }

  @Test
  void theBacklogIsWhatWasDueAndIsNeitherAnsweredNorDropped() {
    for (int i = 0; i < 10; i++) {
      counters.due(0);
    }
    counters.accepted(100);
    counters.accepted(100);
    counters.repeated(100);
    counters.refused();
    counters.dropped();
    assertEquals(5, counters.read().backlog());
  }

  @Test
  void aReadingHasAllCountsAndTheLatenciesSinceTheLastOne() {
    counters.accepted(1_000);
    assertEquals(1, counters.read().delays().getTotalCount());
    counters.accepted(2_000);
    counters.accepted(3_000);
    counters.error("try_again");
    LoadCounters.Reading reading = counters.read();
    assertEquals(3, reading.accepted());
    assertEquals(2, reading.delays().getTotalCount());
    assertEquals(Map.of("try_again", 1L), reading.errors());
    assertEquals(0, counters.read().delays().getTotalCount());
  }

  @Test
  void eachOutcomeHasItsCounts() {
    counters.sent();
    counters.failed();
    counters.refused();
    counters.repeated(-5);
    LoadCounters.Reading reading = counters.read();
    assertEquals(1, reading.sent());
    assertEquals(1, reading.failed());
    assertEquals(2, reading.answered());
    assertEquals(0, reading.accepted());
    assertEquals(1, reading.repeated());
    assertEquals(0, reading.delays().getMaxValue(), "a negative latency counts as none");
  }

  @Test
  void countsOfManyThreadsAreAllCounted() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 10_000; n++) {
                      counters.accepted(n);
                      counters.error("code" + n % 3);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    LoadCounters.Reading reading = counters.read();
    assertEquals(40_000, reading.accepted());
    assertEquals(40_000, reading.delays().getTotalCount());
    assertEquals(40_000, reading.errors().values().stream().mapToLong(Long::longValue).sum());
  }
}
