package org.skillvoucher.gateway.api;

import java.time.Instant;

/** The clock of start-dev, which a person may move on. */
public interface MovableClock {
  Instant now();

  /**
   * Moves the clock on.
   *
   * @return false when that would be backward, and then nothing is moved
   */
  boolean advanceTo(Instant to);
}
