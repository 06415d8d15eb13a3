package org.skillvoucher.gateway.forward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How fast the endpoint gets messages. When an answer throttles, nothing is sent for a pause, then
 * one message; while none throttles, each round may be twice the one before. Used by one thread.
 */
final class Pace {
  private final ForwardSchedule schedule;
  private final int batchMax;
  private final Backoff pauses;
  private final InstantSource machineClock;
  private Instant notBefore = Instant.MIN;
  private int throttledRounds;
  private int batch;

  Pace(ForwardSettings settings, RandomGenerator random, InstantSource machineClock) {
    this.schedule = settings.schedule();
    this.batchMax = settings.batchMax();
    this.machineClock = machineClock;
    batch = batchMax;
    Duration min = schedule.backoffMin();
    Duration max = schedule.throttleMax();
    pauses = new Backoff(min.compareTo(max) < 0 ? min : max, max, random);
  }

  /** How many messages may be sent now; 0 during a pause. */
  int allowance() {
    return machineClock.instant().isBefore(notBefore) ? 0 : batch;
  }

  /**
   * Adjusts to a round's answers.
   *
   * @param throttled the longest time for which an answer throttles; empty when none did
   */
  void after(Optional<Duration> throttled) {
    if (throttled.isEmpty()) {
      throttledRounds = 0;
      batch = Math.min(batchMax, batch * 2);
      return;
    }
    throttledRounds++;
    batch = 1;
    Duration own = pauses.after(throttledRounds);
    Duration asked = throttled.get();
    notBefore = machineClock.instant().plus(asked.compareTo(own) > 0 ? asked : own);
  }
}
