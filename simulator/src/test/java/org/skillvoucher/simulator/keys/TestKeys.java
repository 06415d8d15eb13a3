package org.skillvoucher.simulator.keys;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.Suite;

/** Keys, certificates and receipts as a gateway makes them. */
public final class TestKeys {
  public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private TestKeys() {}

  public static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec("sm2p256v1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The published certificates of a gateway with this receipt key, under a root of its own. */
  public static String published(KeyPair receipts) {
    KeyPair root = pair();
    return certificate("CN=root", root, "CN=root", root)
        + certificate("CN=root", root, "CN=receipts", receipts);
  }

  @SuppressWarnings("JavaUtilDate") // the certificate builder takes no other
  static String certificate(String issuer, KeyPair signer, String subject, KeyPair key) {
    try {
      X509CertificateHolder certificate =
          new JcaX509v3CertificateBuilder(
                  new X500Name(issuer),
                  BigInteger.ONE,
                  Date.from(FROM),
                  Date.from(UNTIL),
                  new X500Name(subject),
                  key.getPublic())
              .build(
                  new JcaContentSignerBuilder("SM3WITHSM2")
                      .setProvider(PROVIDER)
                      .build(signer.getPrivate()));
      StringWriter pem = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
        writer.writeObject(certificate);
      }
      return pem.toString();
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The whole record. */
  public static byte[] seal(KeyPair key, ReceiptDraft draft) {
    byte[] payload = new ReceiptPayload(Suite.SM2, "gateway", draft).bytes();
    try {
      SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
      signer.init(true, PrivateKeyFactory.createKey(key.getPrivate().getEncoded()));
      signer.update(payload, 0, payload.length);
      KeyId id = KeyId.of(Sm3.hash(key.getPublic().getEncoded()));
      return ReceiptRecord.of(Suite.SM2, id, signer.generateSignature(), payload).bytes();
    } catch (CryptoException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
