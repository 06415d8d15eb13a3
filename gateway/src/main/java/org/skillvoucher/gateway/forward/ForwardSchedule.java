package org.skillvoucher.gateway.forward;

import java.time.Duration;

/**
 * When a message is sent again.
 *
 * @param backoffMin the pause after the first failure; it doubles with each further one
 * @param backoffMax the longest pause
 * @param attemptsMax failures after which evidence is parked until an operator releases it
 * @param retryAfterMax the longest {@code Retry-After} that is heeded in full
 * @param throttleMax the longest pause of all messages after an answer that throttles them and
 *     names no {@code Retry-After}
 */
public record ForwardSchedule(
    Duration backoffMin,
    Duration backoffMax,
    int attemptsMax,
    Duration retryAfterMax,
    Duration throttleMax) {
  public ForwardSchedule {
    if (!backoffMin.isPositive() || !retryAfterMax.isPositive() || !throttleMax.isPositive()) {
      throw new IllegalArgumentException(
          "downstream backoff-min, retry-after-max and throttle-max must be positive");
    }
    if (backoffMax.compareTo(backoffMin) < 0) {
      throw new IllegalArgumentException("downstream backoff-max must not be below backoff-min");
    }
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("downstream attempts-max must be at least 1");
    }
  }
}
