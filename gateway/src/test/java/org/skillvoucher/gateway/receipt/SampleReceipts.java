package org.skillvoucher.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;

/** Receipts for tests of verifiers, and keys to seal them with. */
public final class SampleReceipts {
  public static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  public static final String ISSUER = "urn:skillvoucher:test";

  private SampleReceipts() {}

  public static ReceiptKeys keys(Path folder) {
    return ReceiptKeys.create(folder, "某市人社局, Test Authority", true, CLOCK);
  }

  public static ReceiptDraft draft(long sequence) {
    return new ReceiptDraft(
        "01JD5KZ0Z8A1B2C3D4E5F6G7H8",
        sequence % 2 == 1 ? Act.IN : Act.OUT,
        "C0000000000000001/L01",
        sequence,
        ReceiptDraft.NO_PREVIOUS,
        NOW.toEpochMilli() + sequence,
        "B".repeat(43),
        NOW.toEpochMilli() - 250,
        sequence % 2 == 1 ? "V00000000000000000001" : "");
  }

  public static byte[] bytes(SealedReceipt receipt) {
    return Base64.getUrlDecoder().decode(receipt.record());
  }

  /** A record over any payload at all, with a good signature of the key. */
  public static byte[] sealed(ReceiptKeys keys, String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    byte[] signature = Sm2.sign(Sm2.signer(keys.privateKey(), PlainDSAEncoding.INSTANCE), bytes);
    return ReceiptRecord.of(Suite.SM2, keys.id(), signature, bytes).bytes();
  }

  public static String payload() {
    return new String(new ReceiptPayload(Suite.SM2, ISSUER, draft(1)).bytes(), UTF_8);
  }

  /** Writes Ed25519 certificates into the folder and gives a record sealed by their key. */
  public static byte[] ed25519(Path folder) throws IOException {
    Ed25519PrivateKeyParameters rootKey = new Ed25519PrivateKeyParameters(new SecureRandom());
    Ed25519PrivateKeyParameters leafKey = new Ed25519PrivateKeyParameters(new SecureRandom());
    Certificates.Issuer issuer =
        new Certificates.Issuer(
            new X500Name("CN=Ed25519 root"),
            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(rootKey.generatePublicKey()),
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
            content -> sign(rootKey, content));
    Instant until = NOW.plus(Duration.ofDays(30));
    X509CertificateHolder leaf =
        Certificates.leaf(
            issuer,
            new Certificates.CertificateSubject(
                new X500Name("CN=Ed25519 receipt key"),
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(leafKey.generatePublicKey()),
                NOW,
                until));
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("ed25519.pem"),
        PemFiles.pem(PemFiles.CERTIFICATE, Certificates.root(issuer, NOW, until).getEncoded())
            + PemFiles.pem(PemFiles.CERTIFICATE, leaf.getEncoded()));
    KeyId id = CertificateRing.publicKey(leaf).orElseThrow().id();
    byte[] payload = new ReceiptPayload(Suite.ED25519, ISSUER, draft(1)).bytes();
    return ReceiptRecord.of(Suite.ED25519, id, sign(leafKey, payload), payload).bytes();
  }

  private static byte[] sign(Ed25519PrivateKeyParameters key, byte[] content) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(content, 0, content.length);
    return signer.generateSignature();
  }
}
