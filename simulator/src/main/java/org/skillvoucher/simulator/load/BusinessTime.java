package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;

/**
 * Business time of a load: so many times as fast as the system's monotonic clock, from a moment on.
 *
 * @param starts business time at {@code startNanos}
 * @param startNanos of {@link System#nanoTime}
 */
record BusinessTime(Instant starts, long startNanos, int speed) {
  Instant at(long nanos) {
    return starts.plusNanos(Math.multiplyExact(nanos - startNanos, speed));
  }

  /** How long the system's clock takes for so much of business time. */
  Duration real(Duration business) {
    return business.dividedBy(speed);
  }
}
