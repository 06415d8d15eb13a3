package org.skillvoucher.gateway.journal;

import java.time.Duration;

/**
 * How the journal is followed.
 *
 * @param pollInterval how long the feed waits before it looks again after it was found to have no
 *     more
 * @param batchRowsMax rows of the journal read at once
 * @param slices into how many parts the entities are split; may be changed only together with a
 *     rebuild of the read models
 */
public record FeedSettings(Duration pollInterval, int batchRowsMax, int slices) {
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

  /** The same for a follower that needs all entities in one order. */
  public FeedSettings inOneSlice() {
    return new FeedSettings(pollInterval, batchRowsMax, 1);
  }
}
