package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;

/**
 * Business time of a run: the monotonic clock times a factor.
 *
 * @param starts business time at {@code startNanos}
 * @param startNanos start of the run, by {@link System#nanoTime}
 * @param speed seconds of business time in one second
 */
record BusinessTime(Instant starts, long startNanos, int speed) {
  Instant at(long nanos) {
    return starts.plusNanos(Math.multiplyExact(nanos - startNanos, speed));
  }

  /** How long a stretch of business time takes. */
  Duration toReal(Duration business) {
    return business.dividedBy(speed);
  }
}
