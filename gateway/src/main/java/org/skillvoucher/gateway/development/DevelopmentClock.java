package org.skillvoucher.gateway.development;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock plus an offset that only grows, so that two days of lessons pass in seconds.
 * It never goes back, even when the system's clock is set back. For start-dev only.
 */
public final class DevelopmentClock implements InstantSource {
  /** Times are written with four digits for the year. */
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final InstantSource system;
  private Duration offset = Duration.ZERO;
  private Instant last = Instant.MIN;

  public DevelopmentClock() {
    this(InstantSource.system());
  }

  DevelopmentClock(InstantSource system) {
    this.system = system;
  }

  @Override
  public synchronized Instant instant() {
    Instant now = system.instant().plus(offset);
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }

  /** Moves the clock forward; false, and nothing moved, when that time is past or beyond 9998. */
  public synchronized boolean advanceTo(Instant target) {
    if (target.isBefore(instant()) || target.isAfter(LATEST)) {
      return false;
    }
    offset = Duration.between(system.instant(), target);
    last = target;
    return true;
  }
}
