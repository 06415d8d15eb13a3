package org.skillvoucher.gateway.receipt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.Suite;

/**
 * The receipt key and its certificates in a folder: {@code root.pem} and {@code receipt.pem} are
 * certificates, {@code receipt.key.pem} is the private key (PKCS#8, readable by its owner alone).
 * Certificates of earlier years are in the same folder, under any other name ending in {@code
 * .pem}.
 */
public final class ReceiptKeys {
  static final String ROOT = "root.pem";
  static final String RECEIPT = "receipt.pem";
  static final String RECEIPT_KEY = "receipt" + PemFiles.PRIVATE_KEY_ENDING;
  static final String ROOT_KEY = "root" + PemFiles.PRIVATE_KEY_ENDING;

  private final X509CertificateHolder receipt;
  private final ECPrivateKeyParameters privateKey;
  private final KeyId id;
  private final List<X509CertificateHolder> certificates;

  private ReceiptKeys(
      X509CertificateHolder receipt,
      ECPrivateKeyParameters privateKey,
      KeyId id,
      List<X509CertificateHolder> certificates) {
    this.receipt = receipt;
    this.privateKey = privateKey;
    this.id = id;
    this.certificates = List.copyOf(certificates);
  }

  /**
   * Reads the folder and checks that keys and certificates match.
   *
   * @throws IllegalStateException naming the fault and the file
   */
  public static ReceiptKeys load(Path folder) {
    X509CertificateHolder root = only(folder.resolve(ROOT));
    X509CertificateHolder receipt = only(folder.resolve(RECEIPT));
    if (!CertificateRing.isSignedBy(receipt, root)) {
      throw new IllegalStateException(folder.resolve(RECEIPT) + " is not signed by " + ROOT);
    }
    Path keyFile = folder.resolve(RECEIPT_KEY);
    ECPrivateKeyParameters key = privateKey(keyFile);
    PublicKey.Sm2Key certified =
        CertificateRing.publicKey(receipt)
            .filter(PublicKey.Sm2Key.class::isInstance)
            .map(PublicKey.Sm2Key.class::cast)
            .orElseThrow(
                () -> new IllegalStateException(folder.resolve(RECEIPT) + " holds no SM2 key"));
    if (!isOf(key, certified.key())) {
      throw new IllegalStateException(keyFile + " is not the key of " + RECEIPT);
    }
    Set<X509CertificateHolder> certificates = new LinkedHashSet<>(List.of(root, receipt));
    certificates.addAll(PemFiles.certificatesIn(folder));
    ReceiptKeys keys = new ReceiptKeys(receipt, key, certified.id(), List.copyOf(certificates));
    if (keys.ring().key(Suite.SM2, keys.id()).isEmpty()) {
      // At start, before a receipt is issued that no auditor can verify.
      throw new IllegalStateException(
          "no verifier would trust " + folder.resolve(RECEIPT) + ": wrong usage or root");
    }
    return keys;
  }

  /**
   * Creates a root and a receipt key unless the folder holds them already, and reads them. The
   * folder appears atomically, and two concurrent processes get the same keys. The receipt key is
   * valid for 13 months from a day before now. Only without {@code development} is the root's key
   * stored, in {@code root.key.pem}, which is to be moved offline.
   *
   * @param issuerName the organisation in the certificates, 1 to 64 characters
   * @param development marks the certificates as not for production
   * @throws IllegalStateException when the folder cannot be written or holds other things
   */
  public static ReceiptKeys create(
      Path folder, String issuerName, boolean development, InstantSource clock) {
    if (issuerName.isBlank() || issuerName.length() > 64) {
      throw new IllegalArgumentException("the issuer's name has 1 to 64 characters");
    }
    if (!Files.exists(folder.resolve(RECEIPT))) {
      try {
        NewReceiptKeys.write(folder, issuerName, development, clock.instant());
      } catch (IOException e) {
        // Another process may have been first; its keys are as good.
        if (!Files.exists(folder.resolve(RECEIPT))) {
          throw new IllegalStateException("no receipt key can be made in " + folder, e);
        }
      }
    }
    return load(folder);
  }

  /** Whether the certificate marks the key as not for production. */
  public boolean isDevelopment() {
    return NewReceiptKeys.isDevelopment(receipt);
  }

  /** The key id in each record. */
  public KeyId id() {
    return id;
  }

  /** The first moment at which a receipt may be issued. */
  public Instant validFrom() {
    return receipt.getNotBefore().toInstant();
  }

  /** The moment from which on no receipt may be issued. */
  public Instant validUntil() {
    return receipt.getNotAfter().toInstant().plusSeconds(1);
  }

  /** All certificates of the folder, the root first, as {@code GET /v1/keys} gives them. */
  public String certificatesPem() {
    StringBuilder out = new StringBuilder();
    try {
      for (X509CertificateHolder certificate : certificates) {
        out.append(PemFiles.pem(PemFiles.CERTIFICATE, certificate.getEncoded()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("a certificate cannot be written", e);
    }
    return out.toString();
  }

  /** The keys certified in the folder. */
  public CertificateRing ring() {
    return CertificateRing.of(certificates);
  }

  public ECPrivateKeyParameters privateKey() {
    return privateKey;
  }

  private static X509CertificateHolder only(Path file) {
    checkThere(file);
    List<X509CertificateHolder> certificates = PemFiles.certificatesOf(file);
    if (certificates.size() != 1) {
      throw new IllegalStateException(
          file + " holds " + certificates.size() + " certificates instead of one");
    }
    return certificates.getFirst();
  }

  private static ECPrivateKeyParameters privateKey(Path file) {
    checkThere(file);
    try {
      Set<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
      others.removeIf(permission -> permission.name().startsWith("OWNER"));
      others.retainAll(Files.getPosixFilePermissions(file));
      if (!others.isEmpty()) {
        throw new IllegalStateException(file + " is open to others; chmod 600 it");
      }
      for (PemObject part : PemFiles.parts(Files.readString(file))) {
        if (part.getType().equals(PemFiles.PRIVATE_KEY)
            && PrivateKeyFactory.createKey(part.getContent())
                instanceof ECPrivateKeyParameters key) {
          // On the fast custom curve, whatever curve the library read it into.
          return new ECPrivateKeyParameters(key.getD(), Sm2.CURVE);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("no private key can be read from " + file, e);
    }
    throw new IllegalStateException(file + " holds no SM2 private key (PKCS#8, PEM)");
  }

  private static boolean isOf(ECPrivateKeyParameters key, ECPublicKeyParameters certified) {
    return Sm2.CURVE.getG().multiply(key.getD()).normalize().equals(certified.getQ().normalize());
  }

  private static void checkThere(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing");
    }
  }
}
