package org.skillvoucher.gateway.journal.feed;

import java.time.Duration;

/**
 * How the journal is followed.
 *
 * @param pollInterval how long the feed waits before it looks again after it was found to have no
 *     more; four times as long while events come thick
 * @param batchRowsMax rows of the journal read at once
 * @param slices into how many parts the entities are split; may be changed only together with a
 *     rebuild of the read models
 */
public record FeedSettings(Duration pollInterval, int batchRowsMax, int slices) {
  /** With so many rows at a time events come faster than anybody looks at one of them. */
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
   * After how long the journal is looked at again when a look found so many rows. While events come
   * thick they are gathered for longer, because many share the cost of the statements that follow.
   */
  Duration pauseAfter(int rows) {
    if (rows >= batchRowsMax) {
      return Duration.ZERO;
    }
    return rows < THICK_ROWS ? pollInterval : pollInterval.multipliedBy(THICK_INTERVALS);
  }

  /** The same for a follower that needs all entities in one order. */
  public FeedSettings inOneSlice() {
    return new FeedSettings(pollInterval, batchRowsMax, 1);
  }
}
