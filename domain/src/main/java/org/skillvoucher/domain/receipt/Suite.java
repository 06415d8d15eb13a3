package org.skillvoucher.domain.receipt;

import java.util.Optional;

/**
 * The signature and hash of a receipt: the record's second octet, and {@code $t} in its payload.
 */
public enum Suite {
  /** SM2 (GB/T 32918.2) with SM3 and the user id 1234567812345678. */
  SM2(0x01, "vtr1.sm2"),
  /** Ed25519 (RFC 8032), hashes by SHA-256. */
  ED25519(0x02, "vtr1.ed25519");

  private final byte octet;
  private final String type;

  Suite(int octet, String type) {
    this.octet = (byte) octet;
    this.type = type;
  }

  /** The record's second octet. */
  public byte octet() {
    return octet;
  }

  /** The payload's {@code $t}: type and suite, inside what is signed. */
  public String type() {
    return type;
  }

  /** The suite of a record's second octet. */
  public static Optional<Suite> of(byte octet) {
    for (Suite suite : values()) {
      if (suite.octet == octet) {
        return Optional.of(suite);
      }
    }
    return Optional.empty();
  }
}
