package org.skillvoucher.gateway.security;

import java.nio.charset.StandardCharsets;

/**
 * HMAC-SM3 under the deployment key. Used wherever a hash of guessable input (numbers, request
 * bodies) is stored: without the key it cannot be attacked by guessing.
 */
public interface KeyedHash {
  /** 32 bytes over the input, under a key for the purpose alone. */
  byte[] of(String purpose, byte[] input);

  /** Letters over the input (Crockford's base 32, five bits each), at most 32. */
  default String letters(String purpose, String input, int count) {
    byte[] bytes = of(purpose, input.getBytes(StandardCharsets.UTF_8));
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(bytes[i] & 31));
    }
    return letters.toString();
  }
}
