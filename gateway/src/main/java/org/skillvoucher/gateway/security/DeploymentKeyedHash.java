package org.skillvoucher.gateway.security;

/** HMAC-SM3 under keys made from the deployment key, one for each purpose. */
public final class DeploymentKeyedHash implements KeyedHash {
  private final DeploymentKey key;

  public DeploymentKeyedHash(DeploymentKey key) {
    this.key = key;
  }

  @Override
  public byte[] of(String purpose, byte[] input) {
    // The prefix keeps hashes apart from other uses of the deployment key, such as wrapping.
    return Gm.hmacSm3(key.subKey("hash:" + purpose), input);
  }
}
