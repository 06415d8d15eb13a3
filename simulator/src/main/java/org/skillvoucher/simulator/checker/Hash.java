package org.skillvoucher.simulator.checker;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 64 bits that stand for a text. Among ten million texts two meet by chance once in four hundred
 * thousand runs; nobody who could gain by it chooses them.
 */
final class Hash {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /** Of several parts; where one ends and the next begins counts. */
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

  /** Also of a number. */
  static long of(long number, String... parts) {
    return mixed(of(parts) + mixed(number + ODD));
  }

  /** The first eight bytes of SHA-256: what a history's {@code receiptSha} begins with. */
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
