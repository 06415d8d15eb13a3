package org.skillvoucher.gateway.journal.writer;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of the journal's writer.
 *
 * @param writers threads with a connection each; more than a few only make smaller batches
 * @param batchRowsMax rows in one statement, unless a single write has more
 * @param queueMax the bound of the queue; a write beyond it fails at once
 * @param queuedForMax a write queued longer is not begun, because its caller has timed out
 * @param transactionTimeout longest time of one statement in PostgreSQL; an open transaction holds
 *     the feed's low watermark
 */
public record JournalSettings(
    int writers,
    int batchRowsMax,
    int queueMax,
    Duration queuedForMax,
    Duration transactionTimeout) {
  public JournalSettings {
    if (writers < 1 || writers > 16) {
      throw new IllegalArgumentException("journal.writers must be 1 to 16");
    }
    if (batchRowsMax < 1 || batchRowsMax > 10_000) {
      throw new IllegalArgumentException("journal.batch-rows-max must be 1 to 10000");
    }
    if (queueMax < 1 || queueMax > 1_000_000) {
      throw new IllegalArgumentException("journal.queue-max must be 1 to 1000000");
    }
    if (queuedForMax.toMillis() < 1 || queuedForMax.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("journal.queued-for-max must be 1 ms to 1 min");
    }
    if (transactionTimeout.toMillis() < 100
        || transactionTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("journal.transaction-timeout must be 100 ms to 1 min");
    }
  }

  /** Reads {@code jdbc-journal.writer}, where {@code config/pekko.conf} puts them. */
  static JournalSettings of(Config writer) {
    return new JournalSettings(
        writer.getInt("writers"),
        writer.getInt("batch-rows-max"),
        writer.getInt("queue-max"),
        writer.getDuration("queued-for-max"),
        writer.getDuration("transaction-timeout"));
  }
}
