package org.skillvoucher.gateway.security;

import java.time.Duration;

/**
 * The limits of tokens.
 *
 * @param cachedMax accepted tokens cached, so that a scan needs no query; as many refused ones are
 *     cached apart
 * @param cachedFor how long an accepted token is cached; a revocation on another node takes effect
 *     within this time
 * @param refusedFor how long a refused token is cached
 * @param lookupsInFlightMax concurrent token look-ups; above it, requests are shed with 503
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
