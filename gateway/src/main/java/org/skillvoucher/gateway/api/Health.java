package org.skillvoucher.gateway.api;

import java.util.Map;

/**
 * How the node is.
 *
 * @param started whether it has come up once
 * @param live false when only a restart can help
 * @param ready whether it should be sent requests now
 * @param checks what that rests on, by name; no secrets and no addresses
 */
public record Health(boolean started, boolean live, boolean ready, Map<String, Boolean> checks) {
  public Health {
    checks = Map.copyOf(checks);
  }
}
