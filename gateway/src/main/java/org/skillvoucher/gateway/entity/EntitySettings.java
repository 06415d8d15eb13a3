package org.skillvoucher.gateway.entity;

import java.time.Duration;

/**
 * Settings of the entities and of batches.
 *
 * @param askTimeout after this long without an answer the outcome is unknown
 * @param snapshotEvery events between two snapshots of a young class
 * @param restartMin first pause before an entity whose write failed is restarted
 * @param restartMax longest such pause
 * @param batchChunk how many statements of a batch a class decides in one write
 * @param batchAtOnce how many cards of a batch are verified at once
 * @param batchClassesAtOnce how many classes of a batch are served at once
 */
public record EntitySettings(
    Duration askTimeout,
    int snapshotEvery,
    Duration restartMin,
    Duration restartMax,
    int batchChunk,
    int batchAtOnce,
    int batchClassesAtOnce) {
  public EntitySettings {
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException("snapshot-every must be at least 1");
    }
    if (batchChunk < 1 || batchAtOnce < 1 || batchClassesAtOnce < 1) {
      throw new IllegalArgumentException("batch numbers must be at least 1");
    }
  }
}
