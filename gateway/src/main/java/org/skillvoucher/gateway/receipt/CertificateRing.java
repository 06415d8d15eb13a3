package org.skillvoucher.gateway.receipt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.domain.receipt.Suite;

/**
 * The receipt keys certified by a set of certificates: every leaf signed by a root in the same set.
 * The certificates are the trust anchors. A leaf without its root is ignored.
 */
public final class CertificateRing implements KeyRing {
  private final Map<KeyId, TrustedKey> keys;

  private CertificateRing(Map<KeyId, TrustedKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * The certificates in the folder's {@code *.pem} files; {@code *.key.pem} is not opened.
   *
   * @throws IllegalStateException when there is no folder, a file is no PEM, or no receipt key is
   *     certified
   */
  public static CertificateRing of(Path folder) {
    CertificateRing ring = of(PemFiles.certificatesIn(folder));
    if (ring.keys.isEmpty()) {
      throw new IllegalStateException(
          folder + " holds no certificate of a receipt key together with the root that signed it");
    }
    return ring;
  }

  /**
   * The certificates in one text, as {@code GET /v1/keys} gives them.
   *
   * @throws IllegalArgumentException when the text is no PEM
   */
  public static CertificateRing ofPem(String pem) {
    try {
      return of(PemFiles.certificatesOf(pem));
    } catch (IOException e) {
      throw new IllegalArgumentException("no certificates can be read", e);
    }
  }

  static CertificateRing of(List<X509CertificateHolder> certificates) {
    Map<KeyId, TrustedKey> keys = new HashMap<>();
    List<X509CertificateHolder> roots =
        certificates.stream().filter(it -> isRoot(it) && isSignedBy(it, it)).toList();
    for (X509CertificateHolder leaf : certificates) {
      Optional<PublicKey> key = publicKey(leaf);
      if (key.isEmpty() || isAuthority(leaf) || !maySignReceipts(leaf)) {
        continue;
      }
      for (X509CertificateHolder root : roots) {
        if (isSignedBy(leaf, root)) {
          // A key certified again, for example for another year, is valid in both periods.
          keys.merge(
              key.get().id(),
              new TrustedKey(key.get(), List.of(new CertificateChain(leaf, root))),
              TrustedKey::and);
        }
      }
    }
    return new CertificateRing(keys);
  }

  @Override
  public Optional<VerificationKey> key(Suite suite, KeyId id) {
    return trusted(suite, id).map(key -> key);
  }

  public Optional<TrustedKey> trusted(Suite suite, KeyId id) {
    return Optional.ofNullable(keys.get(id)).filter(key -> key.key().suite() == suite);
  }

  /** A leaf and the root above it. */
  private record CertificateChain(X509CertificateHolder leaf, X509CertificateHolder root) {
    boolean validAt(long epochMillis) {
      // Certificates have whole seconds; the last second is valid to its end.
      Instant second = Instant.ofEpochSecond(Math.floorDiv(epochMillis, 1000L));
      return isWithin(leaf, second) && isWithin(root, second);
    }

    private static boolean isWithin(X509CertificateHolder certificate, Instant second) {
      return !second.isBefore(certificate.getNotBefore().toInstant())
          && !second.isAfter(certificate.getNotAfter().toInstant());
    }
  }

  /** A key and all its certificates. */
  public record TrustedKey(PublicKey key, List<CertificateChain> chains)
      implements VerificationKey {
    TrustedKey and(TrustedKey other) {
      List<CertificateChain> all = new ArrayList<>(chains);
      all.addAll(other.chains);
      return new TrustedKey(key, all);
    }

    @Override
    public boolean validAt(long epochMillis) {
      return chains.stream().anyMatch(chain -> chain.validAt(epochMillis));
    }

    @Override
    public SignatureCheck check(byte[] payload, byte[] signature) {
      return key.check(payload, signature);
    }

    /** Whether a certificate marks the key as for development. */
    public boolean isDevelopment() {
      return chains.stream().anyMatch(chain -> NewReceiptKeys.isDevelopment(chain.leaf()));
    }
  }

  private static boolean isRoot(X509CertificateHolder certificate) {
    KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
    return certificate.getSubject().equals(certificate.getIssuer())
        && isAuthority(certificate)
        && hasOnlyKnownCriticalExtensions(certificate)
        && (usage == null || usage.hasUsages(KeyUsage.keyCertSign));
  }

  private static boolean isAuthority(X509CertificateHolder certificate) {
    BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
    return constraints != null && constraints.isCA();
  }

  private static boolean maySignReceipts(X509CertificateHolder certificate) {
    KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
    return hasOnlyKnownCriticalExtensions(certificate)
        && (usage == null || usage.hasUsages(KeyUsage.digitalSignature));
  }

  private static boolean hasOnlyKnownCriticalExtensions(X509CertificateHolder certificate) {
    return Set.of(Extension.keyUsage, Extension.basicConstraints)
        .containsAll(certificate.getCriticalExtensionOIDs());
  }

  static boolean isSignedBy(X509CertificateHolder certificate, X509CertificateHolder root) {
    if (!certificate.getIssuer().equals(root.getSubject())) {
      return false;
    }
    try {
      byte[] content =
          certificate.toASN1Structure().getTBSCertificate().getEncoded(ASN1Encoding.DER);
      return publicKey(root)
          .map(key -> key.signed(content, certificate.getSignature()))
          .orElse(false);
    } catch (IOException e) {
      return false;
    }
  }

  static Optional<PublicKey> publicKey(X509CertificateHolder certificate) {
    try {
      return PublicKey.of(certificate.getSubjectPublicKeyInfo());
    } catch (IOException | RuntimeException e) {
      // A point off the curve throws; no signature of such a key is valid.
      return Optional.empty();
    }
  }
}
