package org.skillvoucher.gateway.projection;

import java.time.Duration;

/**
 * Settings of the projections.
 *
 * @param eventsMax the most events applied in one transaction, with one statement per table;
 *     bounded because an open transaction holds the feed's low watermark
 * @param eventsWithin how long a group waits for more events, which delays a single event
 * @param tapsKeptMax taps that flags cache, of each of four kinds; others are read again. A tap
 *     takes some 660 bytes, and one that arrived since the start is the same object in all kinds:
 *     100 MB for 150,000, and 400 MB when each kind had to read its own
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
