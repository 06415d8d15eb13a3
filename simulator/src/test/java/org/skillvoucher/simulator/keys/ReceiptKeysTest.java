package org.skillvoucher.simulator.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.Flaw;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.domain.receipt.Suite;

final class ReceiptKeysTest {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private final KeyPair root = pair();
  private final KeyPair leaf = pair();
  private final String rootPem = certificate("CN=root", root, "CN=root", root);
  private final String leafPem = certificate("CN=root", root, "CN=receipts", leaf);

  ReceiptKeysTest() throws Exception {}

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
    generator.initialize(new ECGenParameterSpec("sm2p256v1"));
    return generator.generateKeyPair();
  }

  @SuppressWarnings("JavaUtilDate") // the certificate builder takes no other
  private static String certificate(String issuer, KeyPair signer, String subject, KeyPair key)
      throws OperatorCreationException, IOException {
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
  }

  private byte[] receipt(KeyPair key, Instant at) throws IOException, CryptoException {
    byte[] payload =
        new ReceiptPayload(
                Suite.SM2,
                "gateway",
                new ReceiptDraft(
                    "01JNA5W3N2V0Q4T7Z9X8Y6B5C1",
                    Act.IN,
                    "C1/L1",
                    1,
                    ReceiptDraft.NO_PREVIOUS,
                    at.toEpochMilli(),
                    "A".repeat(43),
                    at.toEpochMilli(),
                    ""))
            .bytes();
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
    signer.init(true, PrivateKeyFactory.createKey(key.getPrivate().getEncoded()));
    signer.update(payload, 0, payload.length);
    KeyId id = KeyId.of(Sm3.hash(key.getPublic().getEncoded()));
    return ReceiptRecord.of(Suite.SM2, id, signer.generateSignature(), payload).bytes();
  }

  @Test
  void aReceiptOfAPublishedKeyIsValidWhileItsCertificateIs() throws Exception {
    ReceiptKeys keys = ReceiptKeys.read(rootPem + leafPem);
    assertEquals(1, keys.leafCount());
    assertInstanceOf(
        ReceiptVerification.Valid.class, ReceiptVerifier.verify(receipt(leaf, FROM), keys));
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(leaf, UNTIL.plusMillis(1)), keys));
  }

  @Test
  void anAlteredReceiptOrAnotherKeysIsInvalid() throws Exception {
    ReceiptKeys keys = ReceiptKeys.read(leafPem + rootPem);
    byte[] altered = receipt(leaf, FROM);
    altered[20] ^= 1;
    assertInstanceOf(ReceiptVerification.Invalid.class, ReceiptVerifier.verify(altered, keys));
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(pair(), FROM), keys));
  }

  @Test
  void theRootItselfSealsNoReceipts() throws Exception {
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(root, FROM), ReceiptKeys.read(rootPem + leafPem)));
  }

  @Test
  void aCertificateOfAnotherRootIsNotTrusted() throws Exception {
    String foreign = certificate("CN=root", pair(), "CN=receipts", leaf);
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(rootPem + foreign));
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(leafPem));
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(""));
  }

  @Test
  void theRootIsToldFromTheOthers() {
    assertTrue(ReceiptKeys.isRoot(rootPem));
    assertFalse(ReceiptKeys.isRoot(leafPem));
    assertFalse(ReceiptKeys.isRoot(""));
  }
}
