package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadCountersTest {
  private final LoadCounters counters = new LoadCounters();

  @Test
  void whatWeTookUpLateIsLateAndStillDue() {
    counters.due(0);
    counters.due(LoadCounters.LATE_MICROS);
    counters.due(LoadCounters.LATE_MICROS + 1);
    assertEquals(3, counters.read().due());
    assertEquals(1, counters.read().late());
  }

  @Test
  void theBacklogIsWhatWasDueAndIsNeitherAnsweredNorGivenUp() {
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
  void aReadingHasAllCountsAndTheDelaysSinceTheLastOne() {
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
}
