package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RunContextTest {
  private final RunContext context = new TestLoad().context(5_000_000, 60, Duration.ofSeconds(1));

  @Test
  void anArrivalsScheduledTimeIsRelativeToTheStart() {
    assertEquals(5_000_000 + 7_000, context.scheduledNanos(TestLoad.in(7, 0)));
  }

  @Test
  void timesBeforeTheStartAreTheStart() {
    assertEquals(3, context.micros(5_003_999));
    assertEquals(0, context.micros(4_000_000));
  }

  @Test
  void businessTimeRunsAtItsSpeed() {
    BusinessTime time = context.time();
    assertEquals(TestLoad.START, time.at(5_000_000));
    assertEquals(TestLoad.START.plusSeconds(60), time.at(1_005_000_000));
    assertEquals(TestLoad.START.minusSeconds(60), time.at(-995_000_000));
    assertEquals(Duration.ofSeconds(2), time.toReal(Duration.ofMinutes(2)));
  }
}
