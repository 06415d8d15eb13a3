package org.skillvoucher.gateway.security;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** HMAC-SM3 under keys derived from the deployment key, one for each purpose. */
public final class DeploymentKeyedHash implements KeyedHash {
  private final DeploymentKey key;
  // Bounded: purposes are constants of the code.
  private final ConcurrentMap<String, byte[]> keys = new ConcurrentHashMap<>();

  public DeploymentKeyedHash(DeploymentKey key) {
    this.key = key;
  }

  @Override
  public byte[] of(String purpose, byte[] input) {
    return Gm.hmacSm3(keys.computeIfAbsent(purpose, this::keyFor), input);
  }

  /** The prefix separates hashes from other uses of the deployment key, for example wrapping. */
  private byte[] keyFor(String purpose) {
    return key.subKey("hash:" + purpose);
  }
}
