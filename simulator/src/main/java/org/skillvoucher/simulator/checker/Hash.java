package org.skillvoucher.simulator.checker;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 64-bit hashes of texts, stored instead of them. Among ten million texts the probability of a
 * collision is 1 in 400,000. Not collision-resistant: no attacker chooses the texts.
 */
final class Hash {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /** Of several parts, including their lengths: ("ab", "c") and ("a", "bc") differ. */
  static long of(String... parts) {
    long hash = parts.length;
    for (String part : parts) {
      hash = mixed(hash + part.length());
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * ODD;
        hash ^= hash >>> 32;
      }
    }
    return mixed(hash);
  }

  /** Of a number and several parts. */
  static long of(long number, String... parts) {
    return mixed(of(parts) + mixed(number + ODD));
  }

  /** The first eight bytes of SHA-256: the first 16 digits of a history's {@code receiptSha}. */
  static long ofRecord(byte[] record) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(record)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long mixed(long bits) {
    long hash = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
