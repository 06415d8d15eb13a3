package org.skillvoucher.gateway.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter, so that messages that failed together are not retried together.
 */
record Backoff(Duration min, Duration max, RandomGenerator random) {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * The delay after a failure: at random between half and all of {@code min · 2^(failures-1)}, at
   * most {@code max}.
   *
   * @param failures so far, from 1
   */
  Duration after(int failures) {
    int doublings = Math.min(failures - 1, 30);
    long whole = Math.min(Math.min(min.toMillis(), DAY_MILLIS) << doublings, max.toMillis());
    return Duration.ofMillis(whole - random.nextLong(whole / 2 + 1));
  }
}
