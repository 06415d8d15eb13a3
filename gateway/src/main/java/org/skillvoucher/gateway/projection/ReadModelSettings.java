package org.skillvoucher.gateway.projection;

import java.time.Duration;

/**
 * How the read side follows the journal.
 *
 * @param eventsMax the most events one transaction applies, each table with one statement: as many
 *     as wait, but no more, because an open transaction holds every follower back
 * @param eventsWithin how long to wait for a transaction to fill, and so how late a lone event may
 *     be
 */
public record ReadModelSettings(int eventsMax, Duration eventsWithin) {
  public ReadModelSettings {
    if (eventsMax < 1 || eventsMax > 1000) {
      throw new IllegalArgumentException("feed.transaction-events-max must be 1 to 1000");
    }
    if (eventsWithin.toMillis() < 1 || eventsWithin.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("feed.transaction-events-within must be 1 ms to 10 s");
    }
  }
}
