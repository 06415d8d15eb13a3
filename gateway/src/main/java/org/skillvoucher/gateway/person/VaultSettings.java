package org.skillvoucher.gateway.person;

import java.time.Duration;

/**
 * The bounds around the vault.
 *
 * @param keysCachedMax people's keys kept in memory, so that a scan costs no query
 * @param keysCachedFor how long each is kept
 * @param peopleMax people kept by one call
 */
public record VaultSettings(int keysCachedMax, Duration keysCachedFor, int peopleMax) {
  public VaultSettings {
    if (keysCachedMax < 1 || peopleMax < 1) {
      throw new IllegalArgumentException("keys-cached-max and people-max are at least 1");
    }
    if (!keysCachedFor.isPositive() || keysCachedFor.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("keys-cached-for is over 0 and at most one day");
    }
  }
}
