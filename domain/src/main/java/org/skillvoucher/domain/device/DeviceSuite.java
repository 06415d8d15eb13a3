package org.skillvoucher.domain.device;

/** With what a device signs its statements; browsers have no SM2. */
public enum DeviceSuite {
  /** SM2 with SM3 (GB/T 32918), user id 1234567812345678, signature r‖s. */
  SM2("vds1.sm2"),
  /** Ed25519 (RFC 8032), with SHA-256 for hashes. */
  ED25519("vds1.ed25519"),
  /** ECDSA on P-256 with SHA-256, signature r‖s as WebCrypto makes it. */
  P256("vds1.p256");

  private final String type;

  DeviceSuite(String type) {
    this.type = type;
  }

  /** {@code $t} of a statement: its type and suite. */
  public String type() {
    return type;
  }
}
