package org.skillvoucher.gateway.journal.feed;

import java.time.Duration;

/**
 * How the journal is followed.
 *
 * @param pollInterval the delay after a poll that found few rows; four times as long under load
 * @param batchRowsMax rows of the journal read at once
 * @param slices the number of partitions of entities; changed only together with a rebuild of the
 *     read models
 */
public record FeedSettings(Duration pollInterval, int batchRowsMax, int slices) {
  /** Rows in one poll from which on the feed counts as under load. */
  private static final int THICK_ROWS = 20;

  private static final int THICK_INTERVALS = 4;

  public FeedSettings {
    if (pollInterval.toMillis() < 1 || pollInterval.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("feed.poll-interval must be 1 ms to 1 min");
    }
    if (batchRowsMax < 1 || batchRowsMax > 10_000) {
      throw new IllegalArgumentException("feed.batch-rows-max must be 1 to 10000");
    }
    if (slices < 1 || slices > 64) {
      throw new IllegalArgumentException("feed.slices must be 1 to 64");
    }
  }

  /**
   * The delay after a poll that found this many rows. Under load it is longer, because larger
   * batches share the cost of the statements that follow.
   */
  Duration pauseAfter(int rows) {
    if (rows >= batchRowsMax) {
      return Duration.ZERO;
    }
    return rows < THICK_ROWS ? pollInterval : pollInterval.multipliedBy(THICK_INTERVALS);
  }

  /** The same with one slice. */
  public FeedSettings inOneSlice() {
    return new FeedSettings(pollInterval, batchRowsMax, 1);
  }
}
