package org.skillvoucher.domain.receipt;

import java.util.Optional;

/** The port to the public keys a verifier trusts. */
public interface KeyRing {
  /** The trusted key of that id and suite; empty when there is none. */
  Optional<VerificationKey> key(Suite suite, KeyId id);

  /** A trusted public key and the time its certificates cover. */
  interface VerificationKey {
    /** Whether its certificates were valid then, both ends inclusive. */
    boolean validAt(long epochMillis);

    /** Checks a signature of 64 bytes. */
    SignatureCheck check(byte[] payload, byte[] signature);
  }

  /** The result of checking a signature. */
  enum SignatureCheck {
    OK,
    BAD_SIGNATURE,
    /** A number in the signature is zero or not below the group's order. */
    OUT_OF_RANGE
  }
}
