package org.skillvoucher.gateway.security;

import java.time.Duration;

/**
 * The bounds around tokens.
 *
 * @param cachedMax accepted tokens kept in memory, so that a scan costs no query; as many again are
 *     kept of refused ones
 * @param cachedFor how long an accepted token is believed without asking; a revocation on another
 *     node takes effect within this time
 * @param refusedFor how long a refused token is refused without asking
 * @param lookupsInFlightMax tokens looked up at once; beyond it, authentication is unknown (503)
 * @param lifeMax the longest life a token can be issued for
 */
public record TokenSettings(
    int cachedMax,
    Duration cachedFor,
    Duration refusedFor,
    int lookupsInFlightMax,
    Duration lifeMax) {
  public TokenSettings {
    if (cachedMax < 1 || lookupsInFlightMax < 1) {
      throw new IllegalArgumentException("cached-max and lookups-in-flight-max are at least 1");
    }
    if (!cachedFor.isPositive() || cachedFor.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("cached-for is over 0 and at most 5 minutes");
    }
    if (!refusedFor.isPositive() || refusedFor.compareTo(cachedFor) > 0) {
      throw new IllegalArgumentException("refused-for is over 0 and at most cached-for");
    }
    if (!lifeMax.isPositive()) {
      throw new IllegalArgumentException("life-max is over 0");
    }
  }
}
