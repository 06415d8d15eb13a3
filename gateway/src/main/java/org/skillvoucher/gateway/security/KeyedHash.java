package org.skillvoucher.gateway.security;

/**
 * HMAC-SM3 under the deployment key. Used wherever a hash of guessable input (numbers, request
 * bodies) is kept: without the key nobody can try numbers out.
 */
public interface KeyedHash {
  /** 32 bytes over the input, under a key for the purpose alone. */
  byte[] of(String purpose, byte[] input);
}
