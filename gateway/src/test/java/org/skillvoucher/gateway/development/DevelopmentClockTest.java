package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class DevelopmentClockTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T00:30:00Z");

  private final AtomicReference<Instant> system = new AtomicReference<>(MORNING);
  private final DevelopmentClock clock = new DevelopmentClock(system::get);

  @Test
  void itRunsWithTheSystemUntilItIsMoved() {
    assertEquals(MORNING, clock.instant());
    system.set(MORNING.plusSeconds(5));
    assertEquals(MORNING.plusSeconds(5), clock.instant());
  }

  @Test
  void movedForwardItRunsOnFromThere() {
    Instant target = MORNING.plus(Duration.ofDays(2));
    assertTrue(clock.advanceTo(target));
    assertEquals(target, clock.instant());
    system.set(MORNING.plusSeconds(5));
    assertEquals(target.plusSeconds(5), clock.instant());
  }

  @Test
  void itDoesNotGoBack() {
    assertTrue(clock.advanceTo(MORNING.plusSeconds(60)));
    assertFalse(clock.advanceTo(MORNING.plusSeconds(59)));
    assertTrue(clock.advanceTo(MORNING.plusSeconds(60)));
    assertEquals(MORNING.plusSeconds(60), clock.instant());
  }

  @Test
  void itStopsWhileTheSystemClockIsSetBack() {
    assertEquals(MORNING, clock.instant());
    system.set(MORNING.minusSeconds(3));
    assertEquals(MORNING, clock.instant());
    system.set(MORNING.plusSeconds(1));
    assertEquals(MORNING.plusSeconds(1), clock.instant());
  }

  @Test
  void movedAfterTheSystemWasSetBackItIsExactlyWhereItWasMovedTo() {
    assertEquals(MORNING, clock.instant());
    system.set(MORNING.minusSeconds(3));
    assertTrue(clock.advanceTo(MORNING.plusSeconds(10)));
    assertEquals(MORNING.plusSeconds(10), clock.instant());
  }

  @Test
  void aYearThatCannotBeWrittenIsRefused() {
    assertFalse(clock.advanceTo(Instant.MAX));
    assertEquals(MORNING, clock.instant());
  }
}
