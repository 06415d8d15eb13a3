package org.skillvoucher.gateway.api;

import java.util.Map;

/**
 * The health of the node.
 *
 * @param started whether start-up has completed
 * @param live false when only a restart helps
 * @param ready whether it should get requests now
 * @param checks the single checks, by name; no secrets and no addresses
 */
public record Health(boolean started, boolean live, boolean ready, Map<String, Boolean> checks) {
  public Health {
    checks = Map.copyOf(checks);
  }
}
