package org.skillvoucher.domain.receipt;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A receipt record R1 ({@code .vtr}): format 0x01, suite, 8 bytes of key id, 64 bytes of signature,
 * and the payload of 1 to 2048 bytes which alone is signed. The form alone proves nothing.
 */
public final class ReceiptRecord {
  /** The longest payload, in bytes. */
  public static final int PAYLOAD_OCTETS_MAX = 2048;

  public static final int SIGNATURE_OCTETS = 64;

  private static final byte FORMAT = 0x01;
  private static final int KEY_AT = 2;
  private static final int SIGNATURE_AT = KEY_AT + KeyId.LENGTH_OCTETS;
  private static final int PAYLOAD_AT = SIGNATURE_AT + SIGNATURE_OCTETS;

  private final Suite suite;
  private final byte[] octets;

  private ReceiptRecord(Suite suite, byte[] octets) {
    this.suite = suite;
    this.octets = octets;
  }

  /**
   * Assembles a record.
   *
   * @throws IllegalArgumentException when the signature is not of 64 bytes or the payload not of 1
   *     to 2048
   */
  public static ReceiptRecord of(Suite suite, KeyId key, byte[] signature, byte[] payload) {
    if (signature.length != SIGNATURE_OCTETS) {
      throw new IllegalArgumentException("a signature of " + signature.length + " bytes");
    }
    if (payload.length == 0 || payload.length > PAYLOAD_OCTETS_MAX) {
      throw new IllegalArgumentException("a payload of " + payload.length + " bytes");
    }
    byte[] octets = new byte[PAYLOAD_AT + payload.length];
    octets[0] = FORMAT;
    octets[1] = suite.octet();
    for (int i = 0; i < KeyId.LENGTH_OCTETS; i++) {
      octets[KEY_AT + i] = (byte) (key.value() >>> (8 * (KeyId.LENGTH_OCTETS - 1 - i)));
    }
    System.arraycopy(signature, 0, octets, SIGNATURE_AT, SIGNATURE_OCTETS);
    System.arraycopy(payload, 0, octets, PAYLOAD_AT, payload.length);
    return new ReceiptRecord(suite, octets);
  }

  /**
   * Parses the form of a record.
   *
   * @throws IllegalArgumentException when {@link #flawOf} finds a flaw
   */
  public static ReceiptRecord parse(byte[] bytes) {
    flawOf(bytes)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(flaw.english());
            });
    return new ReceiptRecord(Suite.of(bytes[1]).orElseThrow(), bytes.clone());
  }

  /** The flaw of the form: length, format or suite. */
  static Optional<Flaw> flawOf(byte[] bytes) {
    if (bytes.length <= PAYLOAD_AT || bytes.length > PAYLOAD_AT + PAYLOAD_OCTETS_MAX) {
      return Optional.of(Flaw.LENGTH);
    }
    if (bytes[0] != FORMAT) {
      return Optional.of(Flaw.FORMAT);
    }
    return Suite.of(bytes[1]).isPresent() ? Optional.empty() : Optional.of(Flaw.SUITE);
  }

  public Suite suite() {
    return suite;
  }

  public KeyId key() {
    return KeyId.of(Arrays.copyOfRange(octets, KEY_AT, SIGNATURE_AT));
  }

  /** r‖s of SM2, each of 32 bytes; or the signature of Ed25519. */
  public byte[] signature() {
    return Arrays.copyOfRange(octets, SIGNATURE_AT, PAYLOAD_AT);
  }

  /** The bytes which are signed, and hashed for the receipt's identity. */
  public byte[] payload() {
    return Arrays.copyOfRange(octets, PAYLOAD_AT, octets.length);
  }

  /** The whole record, as in a {@code .vtr} file. */
  public byte[] bytes() {
    return octets.clone();
  }

  /** The whole record in base64url without padding, as in replies. */
  public String base64() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReceiptRecord record && Arrays.equals(octets, record.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "ReceiptRecord[" + suite + ", key " + key() + ", " + octets.length + " bytes]";
  }
}
