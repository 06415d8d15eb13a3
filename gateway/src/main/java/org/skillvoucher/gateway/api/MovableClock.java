package org.skillvoucher.gateway.api;

import java.time.Instant;

/** The clock of start-dev, which can be advanced. */
public interface MovableClock {
  Instant now();

  /**
   * Advances the clock.
   *
   * @return false, without an effect, when the time lies behind
   */
  boolean advanceTo(Instant to);
}
