package org.skillvoucher.gateway.security;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The wall clock and the monotonic clock, advanced by the test. */
public final class ManualClock implements InstantSource, Ticker {
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private long nanos = -5;

  public void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long read() {
    return nanos;
  }
}
