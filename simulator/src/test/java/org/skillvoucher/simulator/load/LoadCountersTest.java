package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadCountersTest {
  private final LoadCounters tally = new LoadCounters();

  @Test
  void whatWeTookUpLateIsLateAndStillDue() {
    tally.due(0);
    tally.due(LoadCounters.LATE_MICROS);
    tally.due(LoadCounters.LATE_MICROS + 1);
    assertEquals(3, tally.read().due());
    assertEquals(1, tally.read().late());
  }

  @Test
  void theBacklogIsWhatWasDueAndIsNeitherAnsweredNorGivenUp() {
    for (int i = 0; i < 10; i++) {
      tally.due(0);
    }
    tally.accepted(100);
    tally.accepted(100);
    tally.repeated(100);
    tally.refused();
    tally.dropped();
    assertEquals(5, tally.read().backlog());
  }

  @Test
  void aReadingHasAllCountsAndTheDelaysSinceTheLastOne() {
    tally.accepted(1_000);
    assertEquals(1, tally.read().delays().getTotalCount());
    tally.accepted(2_000);
    tally.accepted(3_000);
    tally.error("try_again");
    LoadCounters.Reading reading = tally.read();
    assertEquals(3, reading.accepted());
    assertEquals(2, reading.delays().getTotalCount());
    assertEquals(Map.of("try_again", 1L), reading.errors());
    assertEquals(0, tally.read().delays().getTotalCount());
  }
}
