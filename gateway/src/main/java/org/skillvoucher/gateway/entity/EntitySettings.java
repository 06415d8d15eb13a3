package org.skillvoucher.gateway.entity;

import java.time.Duration;

/**
 * Settings of the entities and of batches.
 *
 * @param askTimeout after this long without an answer the outcome is unknown
 * @param snapshotEvery events between two snapshots of a young class
 * @param restartMin first pause before an entity whose write failed is restarted
 * @param restartMax longest such pause
 * @param failuresCountedFor an entity that does not fail for this long counts as recovered; longer
 *     than a recovery can take, or a failing one would never be counted
 * @param failuresBeforeError failures after which an entity is reported as an error
 * @param batchChunk how many statements of a batch a class decides in one write
 * @param batchAtOnce how many cards of a batch are verified at once
 * @param batchClassesAtOnce how many classes of a batch are served at once
 */
public record EntitySettings(
    Duration askTimeout,
    int snapshotEvery,
    Duration restartMin,
    Duration restartMax,
    Duration failuresCountedFor,
    int failuresBeforeError,
    int batchChunk,
    int batchAtOnce,
    int batchClassesAtOnce) {
  public EntitySettings {
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException("snapshot-every must be at least 1");
    }
    if (failuresCountedFor.compareTo(restartMax) <= 0 || failuresBeforeError < 1) {
      throw new IllegalArgumentException(
          "failures-counted-for must be longer than restart-max, and failures-before-error at least 1");
    }
    if (batchChunk < 1 || batchAtOnce < 1 || batchClassesAtOnce < 1) {
      throw new IllegalArgumentException("batch numbers must be at least 1");
    }
  }
}
