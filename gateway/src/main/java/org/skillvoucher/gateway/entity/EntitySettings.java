package org.skillvoucher.gateway.entity;

import java.time.Duration;

/**
 * The actors' numbers.
 *
 * @param askTimeout after this long without an answer the outcome is unknown
 * @param snapshotEvery how many events of a class lie between two snapshots
 * @param restartMin first pause before an actor whose write failed comes back
 * @param restartMax longest such pause
 */
public record EntitySettings(
    Duration askTimeout, int snapshotEvery, Duration restartMin, Duration restartMax) {
  public EntitySettings {
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException("snapshot-every must be at least 1");
    }
  }
}
