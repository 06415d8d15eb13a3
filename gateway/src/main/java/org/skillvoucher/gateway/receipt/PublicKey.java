package org.skillvoucher.gateway.receipt;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.Arrays;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.KeyRing.SignatureCheck;
import org.skillvoucher.domain.receipt.Suite;

/** A public key of one of the suites. */
sealed interface PublicKey {
  Suite suite();

  KeyId id();

  /** Checks the 64 bytes of a receipt. */
  SignatureCheck check(byte[] payload, byte[] signature);

  /** Whether a certificate's signature, in X.509's encoding, is by this key. */
  boolean signed(byte[] certificate, byte[] signature);

  /** Empty for a key of no suite. */
  static Optional<PublicKey> of(SubjectPublicKeyInfo info) throws IOException {
    var algorithm = info.getAlgorithm();
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && GMObjectIdentifiers.sm2p256v1.equals(algorithm.getParameters())
        && PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters key) {
      return Optional.of(new Sm2Key(KeyId.of(Sm3.of(info.getEncoded("DER"))), key));
    }
    if (algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
        && PublicKeyFactory.createKey(info) instanceof Ed25519PublicKeyParameters key) {
      return Optional.of(new Ed25519Key(KeyId.of(sha256(info.getEncoded("DER"))), key));
    }
    return Optional.empty();
  }

  private static byte[] sha256(byte[] input) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(input, 0, input.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  /** A key on the curve sm2p256v1. */
  record Sm2Key(KeyId id, ECPublicKeyParameters key) implements PublicKey {
    private static final int NUMBER_OCTETS = 32;

    @Override
    public Suite suite() {
      return Suite.SM2;
    }

    @Override
    public SignatureCheck check(byte[] payload, byte[] signature) {
      BigInteger r = new BigInteger(1, signature, 0, NUMBER_OCTETS);
      BigInteger s = new BigInteger(1, signature, NUMBER_OCTETS, NUMBER_OCTETS);
      BigInteger order = Sm2.CURVE.getN();
      if (r.signum() == 0
          || s.signum() == 0
          || r.compareTo(order) >= 0
          || s.compareTo(order) >= 0) {
        return SignatureCheck.OUT_OF_RANGE;
      }
      return Sm2.verifies(key, PlainDSAEncoding.INSTANCE, payload, signature)
          ? SignatureCheck.OK
          : SignatureCheck.BAD_SIGNATURE;
    }

    @Override
    public boolean signed(byte[] certificate, byte[] signature) {
      return Sm2.verifies(key, StandardDSAEncoding.INSTANCE, certificate, signature);
    }
  }

  /** A key on the curve edwards25519. */
  record Ed25519Key(KeyId id, Ed25519PublicKeyParameters key) implements PublicKey {
    /** The group's order L (RFC 8032, 5.1). */
    private static final BigInteger ORDER =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Override
    public Suite suite() {
      return Suite.ED25519;
    }

    @Override
    public SignatureCheck check(byte[] payload, byte[] signature) {
      byte[] s = Arrays.reverse(Arrays.copyOfRange(signature, 32, 64));
      if (new BigInteger(1, s).compareTo(ORDER) >= 0) {
        return SignatureCheck.OUT_OF_RANGE;
      }
      return signed(payload, signature) ? SignatureCheck.OK : SignatureCheck.BAD_SIGNATURE;
    }

    @Override
    public boolean signed(byte[] certificate, byte[] signature) {
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(false, key);
      verifier.update(certificate, 0, certificate.length);
      return verifier.verifySignature(signature);
    }
  }
}
