package org.skillvoucher.gateway.projection;

import java.time.Duration;

/**
 * How the read side follows the journal.
 *
 * @param eventsMax the most events one transaction applies, each table with one statement: as many
 *     as wait, but no more, because an open transaction holds every follower back
 * @param eventsWithin how long to wait for a transaction to fill, and so how late a lone event may
 *     be
 * @param tapsKeptMax taps that flags keep in memory, of each of four kinds; what is not among them
 *     is read again. A tap is some 660 bytes, and one that came since the start the same object in
 *     all kinds: 100 MB for 150,000, and 400 MB when each kind had to read its own
 */
public record ReadModelSettings(int eventsMax, Duration eventsWithin, int tapsKeptMax) {
  public ReadModelSettings {
    if (eventsMax < 1 || eventsMax > 1000) {
      throw new IllegalArgumentException("feed.transaction-events-max must be 1 to 1000");
    }
    if (eventsWithin.toMillis() < 1 || eventsWithin.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("feed.transaction-events-within must be 1 ms to 10 s");
    }
    if (tapsKeptMax < 1) {
      throw new IllegalArgumentException("feed.taps-kept-max must be at least 1");
    }
  }
}
