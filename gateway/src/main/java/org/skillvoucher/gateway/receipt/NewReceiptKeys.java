package org.skillvoucher.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** Creates a root and a receipt key in a folder that appears atomically. */
final class NewReceiptKeys {
  private static final String DEVELOPMENT_UNIT = "development, not for production";

  /** The certificate must be valid also by a clock that is a little behind. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final Duration ROOT_VALIDITY = Duration.ofDays(3652);

  /** Thirteen months: a month for the yearly change of keys. */
  private static final Duration RECEIPT_VALIDITY = Duration.ofDays(396);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> EVERYONE_READS =
      PosixFilePermissions.fromString("rw-r--r--");

  private NewReceiptKeys() {}

  static boolean isDevelopment(X509CertificateHolder certificate) {
    return Arrays.stream(certificate.getSubject().getRDNs(BCStyle.OU))
        .map(unit -> unit.getFirst().getValue())
        .anyMatch(
            unit -> unit instanceof ASN1String text && text.getString().equals(DEVELOPMENT_UNIT));
  }

  /**
   * Writes the files beside the folder and renames them into place. Of two processes one succeeds
   * and the other fails, as does a rename onto a folder which holds anything.
   */
  static void write(Path folder, String issuerName, boolean development, Instant now)
      throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("the root folder is no place for keys");
    }
    Files.createDirectories(parent);
    Path draft = Files.createTempDirectory(parent, ".new-keys-");
    try {
      fill(draft, issuerName, development, now);
      force(draft);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
    } finally {
      delete(draft);
    }
  }

  private static void fill(Path folder, String issuerName, boolean development, Instant now)
      throws IOException {
    Instant from = now.minus(BEFORE).truncatedTo(SECONDS);
    AsymmetricCipherKeyPair rootKeys = keyPair();
    AsymmetricCipherKeyPair receiptKeys = keyPair();
    Certificates.Issuer issuer = issuer(name("Receipt root", issuerName, development), rootKeys);
    X509CertificateHolder root =
        Certificates.root(issuer, from, from.plus(ROOT_VALIDITY).plus(BEFORE));
    X509CertificateHolder receipt =
        Certificates.leaf(
            issuer,
            new Certificates.CertificateSubject(
                name("Receipt key", issuerName, development),
                publicKey(receiptKeys),
                from,
                from.plus(RECEIPT_VALIDITY).plus(BEFORE)));
    write(folder, ReceiptKeys.ROOT, PemFiles.CERTIFICATE, root.getEncoded(), EVERYONE_READS);
    write(folder, ReceiptKeys.RECEIPT, PemFiles.CERTIFICATE, receipt.getEncoded(), EVERYONE_READS);
    writeKey(folder, ReceiptKeys.RECEIPT_KEY, receiptKeys);
    if (!development) {
      // Next year's receipt key needs the same root; a development folder is created anew instead.
      writeKey(folder, ReceiptKeys.ROOT_KEY, rootKeys);
    }
  }

  private static X500Name name(String common, String organisation, boolean development) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    name.addRDN(BCStyle.C, "CN");
    name.addRDN(BCStyle.O, organisation);
    if (development) {
      name.addRDN(BCStyle.OU, DEVELOPMENT_UNIT);
    }
    return name.addRDN(BCStyle.CN, common).build();
  }

  static AsymmetricCipherKeyPair keyPair() {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(Sm2.CURVE, new SecureRandom()));
    return generator.generateKeyPair();
  }

  static SubjectPublicKeyInfo publicKey(AsymmetricCipherKeyPair keys) throws IOException {
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keys.getPublic());
  }

  static Certificates.Issuer issuer(X500Name name, AsymmetricCipherKeyPair keys)
      throws IOException {
    SM2Signer signer =
        Sm2.signer((ECPrivateKeyParameters) keys.getPrivate(), StandardDSAEncoding.INSTANCE);
    return new Certificates.Issuer(
        name,
        publicKey(keys),
        new AlgorithmIdentifier(GMObjectIdentifiers.sm2sign_with_sm3),
        content -> Sm2.sign(signer, content));
  }

  private static void writeKey(Path folder, String name, AsymmetricCipherKeyPair keys)
      throws IOException {
    byte[] der = PrivateKeyInfoFactory.createPrivateKeyInfo(keys.getPrivate()).getEncoded();
    write(folder, name, PemFiles.PRIVATE_KEY, der, OWNER_ONLY);
  }

  private static void write(
      Path folder, String name, String type, byte[] der, Set<PosixFilePermission> permissions)
      throws IOException {
    FileAttribute<Set<PosixFilePermission>> mode =
        PosixFilePermissions.asFileAttribute(permissions);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel file = FileChannel.open(folder.resolve(name), options, mode)) {
      ByteBuffer text = ByteBuffer.wrap(PemFiles.pem(type, der).getBytes(UTF_8));
      while (text.hasRemaining()) {
        file.write(text);
      }
      file.force(true);
    }
  }

  /** Makes the names in a folder durable (fsync). */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path draft) throws IOException {
    if (!Files.isDirectory(draft)) {
      return;
    }
    try (Stream<Path> files = Files.list(draft)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(draft);
  }
}
