package org.skillvoucher.gateway.entity;

import java.security.SecureRandom;
import java.time.Instant;

/** Receipt ids: 48 bits of time and 80 random bits, as 26 characters that sort by time. */
public final class Ulid {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ulid() {}

  public static String at(Instant time) {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    StringBuilder id = new StringBuilder(26);
    append(id, time.toEpochMilli(), 10);
    append(id, bits(random, 0), 8);
    append(id, bits(random, 5), 8);
    return id.toString();
  }

  private static void append(StringBuilder id, long bits, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      id.append(DIGITS[(int) (bits >>> (5 * i)) & 31]);
    }
  }

  private static long bits(byte[] bytes, int from) {
    long bits = 0;
    for (int i = from; i < from + 5; i++) {
      bits = bits << 8 | (bytes[i] & 0xff);
    }
    return bits;
  }
}
