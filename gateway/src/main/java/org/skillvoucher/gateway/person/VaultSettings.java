package org.skillvoucher.gateway.person;

import java.time.Duration;

/**
 * The limits of the vault.
 *
 * @param keysCachedMax people's keys cached, so that a scan needs no query
 * @param keysCachedFor how long each is cached
 * @param peopleMax people in one transaction
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
