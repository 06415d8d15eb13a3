package org.skillvoucher.simulator.keys;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.PEMParser;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.domain.receipt.Suite;

/**
 * The receipt keys of a gateway's published certificates: those that its root (SM2) signed, each
 * trusted while both certificates are valid.
 */
public final class ReceiptKeys implements KeyRing {
  private final Map<KeyId, TrustedKey> leaves;
  private final String pem;

  private ReceiptKeys(Map<KeyId, TrustedKey> leaves, String pem) {
    this.leaves = leaves;
    this.pem = pem;
  }

  /**
   * Reads concatenated certificates.
   *
   * @throws IllegalArgumentException when there is no root, or a certificate that it did not sign
   */
  public static ReceiptKeys read(String pem) {
    List<X509CertificateHolder> all = certificates(pem);
    X509CertificateHolder root =
        all.stream()
            .filter(ReceiptKeys::isOwnIssuer)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no root certificate"));
    if (!all.stream().allMatch(certificate -> isSignedBy(root, certificate))) {
      throw new IllegalArgumentException("a certificate that the root did not sign");
    }
    // Created once: precomputed points of the curve are cached in the key object.
    Map<KeyId, TrustedKey> leaves = new HashMap<>();
    all.stream()
        .filter(certificate -> !certificate.equals(root))
        .forEach(leaf -> leaves.putIfAbsent(keyId(leaf), new TrustedKey(root, leaf)));
    return new ReceiptKeys(leaves, pem);
  }

  /** Whether the first certificate in the text is a root. */
  public static boolean isRoot(String pem) {
    List<X509CertificateHolder> all = certificates(pem);
    return !all.isEmpty() && isOwnIssuer(all.getFirst());
  }

  private static boolean isOwnIssuer(X509CertificateHolder certificate) {
    return certificate.getSubject().equals(certificate.getIssuer());
  }

  private static List<X509CertificateHolder> certificates(String pem) {
    List<X509CertificateHolder> all = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      Object next = parser.readObject();
      while (next != null) {
        if (!(next instanceof X509CertificateHolder certificate)) {
          throw new IllegalArgumentException("not only certificates");
        }
        all.add(certificate);
        next = parser.readObject();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not PEM", e);
    }
    return all;
  }

  /** The text as it was read. */
  public String pem() {
    return pem;
  }

  /** The receipt certificates beside the root. */
  public int leafCount() {
    return leaves.size();
  }

  @Override
  public Optional<VerificationKey> key(Suite suite, KeyId id) {
    return suite == Suite.SM2 ? Optional.ofNullable(leaves.get(id)) : Optional.empty();
  }

  private static KeyId keyId(X509CertificateHolder certificate) {
    try {
      return KeyId.of(Sm3.hash(certificate.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)));
    } catch (IOException e) {
      throw new IllegalStateException("a parsed certificate can be encoded", e);
    }
  }

  private static ECPublicKeyParameters publicKey(X509CertificateHolder certificate) {
    try {
      return (ECPublicKeyParameters)
          PublicKeyFactory.createKey(certificate.getSubjectPublicKeyInfo());
    } catch (IOException | ClassCastException e) {
      throw new IllegalArgumentException("not a certificate of an SM2 key", e);
    }
  }

  /** SM2 with the user id 1234567812345678, which is Bouncy Castle's own default. */
  private static boolean isSignedBy(
      X509CertificateHolder signer, X509CertificateHolder certificate) {
    SM2Signer verifier = new SM2Signer();
    verifier.init(false, publicKey(signer));
    try {
      byte[] signed =
          certificate.toASN1Structure().getTBSCertificate().getEncoded(ASN1Encoding.DER);
      verifier.update(signed, 0, signed.length);
    } catch (IOException e) {
      throw new IllegalStateException("a parsed certificate can be encoded", e);
    }
    return verifier.verifySignature(certificate.getSignature());
  }

  private static final class TrustedKey implements VerificationKey {
    private final long fromMillis;
    private final long untilMillis;
    private final ECPublicKeyParameters key;

    private TrustedKey(X509CertificateHolder root, X509CertificateHolder leaf) {
      fromMillis = Math.max(millis(root.getNotBefore()), millis(leaf.getNotBefore()));
      untilMillis = Math.min(millis(root.getNotAfter()), millis(leaf.getNotAfter()));
      key = publicKey(leaf);
    }

    @SuppressWarnings("JavaUtilDate") // certificates have no other
    private static long millis(Date date) {
      return date.toInstant().toEpochMilli();
    }

    @Override
    public boolean validAt(long epochMillis) {
      return epochMillis >= fromMillis && epochMillis <= untilMillis;
    }

    @Override
    public SignatureCheck check(byte[] payload, byte[] signature) {
      BigInteger order = key.getParameters().getN();
      if (!isInRange(signature, 0, order) || !isInRange(signature, 32, order)) {
        return SignatureCheck.OUT_OF_RANGE;
      }
      SM2Signer verifier = new SM2Signer(PlainDSAEncoding.INSTANCE);
      verifier.init(false, key);
      verifier.update(payload, 0, payload.length);
      return verifier.verifySignature(signature) ? SignatureCheck.OK : SignatureCheck.BAD_SIGNATURE;
    }

    private static boolean isInRange(byte[] signature, int from, BigInteger order) {
      BigInteger number = new BigInteger(1, Arrays.copyOfRange(signature, from, from + 32));
      return number.signum() > 0 && number.compareTo(order) < 0;
    }
  }
}
