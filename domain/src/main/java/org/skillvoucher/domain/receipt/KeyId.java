package org.skillvoucher.domain.receipt;

import java.nio.ByteBuffer;

/**
 * A key's id ({@code kid}): the first 8 bytes of H(SubjectPublicKeyInfo DER), H being the suite's
 * hash.
 */
public record KeyId(long value) {
  static final int LENGTH_OCTETS = 8;

  /** The id in the first 8 bytes of a hash, or of 8 bytes alone. */
  public static KeyId of(byte[] hash) {
    return new KeyId(ByteBuffer.wrap(hash).getLong());
  }

  /** 16 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}
