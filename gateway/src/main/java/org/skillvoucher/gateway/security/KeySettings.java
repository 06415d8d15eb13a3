package org.skillvoucher.gateway.security;

import java.time.Duration;

/**
 * How long idempotency keys are kept, and how they are purged.
 *
 * @param ofClassesKeptFor keys of requests about a class; those of its scans are in the class's
 *     events and are never purged
 * @param othersKeptFor keys of all other requests
 * @param purgeInterval from the end of one round to the start of the next
 * @param batchRows rows deleted in one transaction
 * @param rowsMax rows deleted in one round
 */
public record KeySettings(
    Duration ofClassesKeptFor,
    Duration othersKeptFor,
    Duration purgeInterval,
    int batchRows,
    int rowsMax) {
  /** A retry comes within minutes. */
  private static final Duration KEPT_FOR_MIN = Duration.ofMinutes(1);

  public KeySettings {
    if (ofClassesKeptFor.compareTo(KEPT_FOR_MIN) < 0 || othersKeptFor.compareTo(KEPT_FOR_MIN) < 0) {
      throw new IllegalArgumentException("keys must be kept for at least a minute");
    }
    if (!purgeInterval.isPositive()) {
      throw new IllegalArgumentException("purge-interval must be positive");
    }
    if (batchRows < 1 || batchRows > 10_000 || rowsMax < batchRows) {
      throw new IllegalArgumentException(
          "purge-batch-rows must be 1 to 10000, and purge-rows-max at least as many");
    }
  }
}
