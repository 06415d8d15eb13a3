package org.skillvoucher.gateway.security;

/**
 * HMAC-SM3 under the deployment key. Used wherever a hash of guessable input (numbers, request
 * bodies) is kept: without the key nobody can try numbers out.
 */
public interface KeyedHash {
  /** 32 bytes over the purpose, a zero byte, and the input. */
  byte[] of(String purpose, byte[] input);
}
