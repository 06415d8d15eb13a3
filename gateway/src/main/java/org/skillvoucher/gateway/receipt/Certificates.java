package org.skillvoucher.gateway.receipt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Issues the certificates of a PKI of exactly two levels: OpenSSL 3 cannot pass SM2's user id
 * through three.
 */
final class Certificates {
  private static final int SERIAL_BITS = 127;

  private Certificates() {}

  /**
   * The issuer.
   *
   * @param algorithm of the signature
   * @param signature signs the bytes of a certificate
   */
  record Issuer(
      X500Name name,
      SubjectPublicKeyInfo key,
      AlgorithmIdentifier algorithm,
      UnaryOperator<byte[]> signature) {}

  /** The subject and the validity of a certificate, both ends included. */
  record CertificateSubject(X500Name name, SubjectPublicKeyInfo key, Instant from, Instant until) {}

  static X509CertificateHolder root(Issuer self, Instant from, Instant until) throws IOException {
    X509v3CertificateBuilder root =
        certificate(self, new CertificateSubject(self.name(), self.key(), from, until));
    root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    root.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return root.build(new Signing(self));
  }

  /** A leaf has no BasicConstraints: GmSSL refuses an empty one. */
  static X509CertificateHolder leaf(Issuer root, CertificateSubject subject) throws IOException {
    X509v3CertificateBuilder leaf = certificate(root, subject);
    leaf.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
    return leaf.build(new Signing(root));
  }

  private static X509v3CertificateBuilder certificate(Issuer issuer, CertificateSubject subject)
      throws IOException {
    X509v3CertificateBuilder certificate =
        new X509v3CertificateBuilder(
            issuer.name(),
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
            Date.from(subject.from()),
            Date.from(subject.until()),
            subject.name(),
            subject.key());
    // Any octets that distinguish keys will do (RFC 5280, 4.2.1.2): these begin with the kid, so
    // that it shows in a printed certificate.
    certificate.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(hash(subject.key())));
    certificate.addExtension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(hash(issuer.key())));
    return certificate;
  }

  private static byte[] hash(SubjectPublicKeyInfo key) throws IOException {
    return Sm3.of(key.getEncoded("DER"));
  }

  /** Collects the bytes of a certificate and has the issuer sign them. */
  private static final class Signing implements ContentSigner {
    private final Issuer issuer;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Signing(Issuer issuer) {
      this.issuer = issuer;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return issuer.algorithm();
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return issuer.signature().apply(content.toByteArray());
    }
  }
}
