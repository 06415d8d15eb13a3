package org.skillvoucher.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.Suite;

final class ReceiptKeysTest {
  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static void assertRefused(String saying, Path folder) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> ReceiptKeys.load(folder));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(saying), message);
  }

  @Test
  void developmentKeysAreMadeOnceAndMarked(@TempDir Path folder) throws IOException {
    Path place = folder.resolve("new/keys");
    ReceiptKeys made = SampleReceipts.keys(place);
    assertTrue(made.isDevelopment());
    assertEquals(made.id(), SampleReceipts.keys(place).id());
    assertEquals(made.certificatesPem(), ReceiptKeys.load(place).certificatesPem());
    assertEquals(Set.of("root.pem", "receipt.pem", "receipt.key.pem"), names(place));
    assertEquals(Set.of("keys"), names(folder.resolve("new")));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(place.resolve("receipt.key.pem")));
  }

  @Test
  void productionKeysAreNotMarkedAndTheirRootsKeyIsStored(@TempDir Path folder) throws IOException {
    Path place = folder.resolve("keys");
    ReceiptKeys made = ReceiptKeys.create(place, "Authority", false, SampleReceipts.CLOCK);
    assertFalse(made.isDevelopment());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(place.resolve("root.key.pem")));
    Files.delete(place.resolve("root.key.pem"));
    assertEquals(made.id(), ReceiptKeys.load(place).id());
  }

  @Test
  void theReceiptCertificateIsALeafOfThirteenMonths(@TempDir Path folder) {
    ReceiptKeys keys = SampleReceipts.keys(folder.resolve("keys"));
    assertEquals(SampleReceipts.NOW.minus(Duration.ofDays(1)), keys.validFrom());
    assertTrue(keys.validUntil().isAfter(SampleReceipts.NOW.plus(Duration.ofDays(395))));
    List<X509CertificateHolder> certificates = PemFiles.certificatesIn(folder.resolve("keys"));
    X509CertificateHolder receipt = certificates.get(0);
    assertTrue(receipt.getExtension(Extension.basicConstraints) == null);
    assertEquals(Set.of(Extension.keyUsage), receipt.getCriticalExtensionOIDs());
    assertTrue(certificates.get(1).getNotAfter().toInstant().isAfter(keys.validUntil()));
  }

  @Test
  void manyStartingAtOnceEndUpWithTheSameKeys(@TempDir Path folder) throws Exception {
    Callable<KeyId> start = () -> SampleReceipts.keys(folder.resolve("keys")).id();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<KeyId>> ids =
          threads.invokeAll(IntStream.range(0, 16).mapToObj(_ -> start).toList());
      for (Future<KeyId> id : ids) {
        assertEquals(ids.getFirst().get(), id.get());
      }
    }
    assertEquals(Set.of("keys"), names(folder));
  }

  @Test
  void anEmptyFolderIsFilledAndAFolderWithOtherThingsIsLeftAlone(@TempDir Path folder)
      throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(SampleReceipts.keys(empty).isDevelopment());
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    assertThrows(IllegalStateException.class, () -> SampleReceipts.keys(other));
    assertEquals(Set.of("notes.txt"), names(other));
  }

  @Test
  void whatACrashLeftBesideDoesNotHinder(@TempDir Path folder) throws IOException {
    Path left = Files.createDirectory(folder.resolve(".new-keys-123"));
    Files.writeString(left.resolve("root.pem"), "-----BEGIN CERT");
    assertTrue(SampleReceipts.keys(folder.resolve("keys")).isDevelopment());
  }

  @Test
  void whatIsMissingOrWrongIsNamed(@TempDir Path folder) throws IOException {
    Path keys = folder.resolve("keys");
    assertRefused("root.pem is missing", keys);
    SampleReceipts.keys(keys);
    Path key = keys.resolve("receipt.key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused("receipt.key.pem is open to others", keys);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    Path others = folder.resolve("others");
    SampleReceipts.keys(others);
    String own = Files.readString(key);
    Files.writeString(key, Files.readString(others.resolve("receipt.key.pem")));
    assertRefused("receipt.key.pem is not the key of receipt.pem", keys);
    Files.writeString(key, "no PEM at all");
    assertRefused("receipt.key.pem holds no SM2 private key", keys);
    Files.writeString(key, own.replace("\n", "\n!"));
    assertRefused("no private key can be read from", keys);
    Files.writeString(key, own);

    String root = Files.readString(keys.resolve("root.pem"));
    Files.writeString(keys.resolve("root.pem"), Files.readString(others.resolve("root.pem")));
    assertRefused("receipt.pem is not signed by root.pem", keys);
    Files.writeString(keys.resolve("root.pem"), root + root);
    assertRefused("root.pem holds 2 certificates instead of one", keys);
    Files.writeString(keys.resolve("root.pem"), root);
    Files.delete(key);
    assertRefused("receipt.key.pem is missing", keys);
  }

  @Test
  void certificatesOfEarlierYearsAreHandedOutToo(@TempDir Path folder) throws IOException {
    Path keys = folder.resolve("keys");
    SampleReceipts.keys(keys);
    ReceiptKeys earlier = SampleReceipts.keys(folder.resolve("earlier"));
    Files.writeString(keys.resolve("earlier.pem"), earlier.certificatesPem());
    ReceiptKeys loaded = ReceiptKeys.load(keys);
    CertificateRing handedOut = CertificateRing.ofPem(loaded.certificatesPem());
    for (KeyId id : List.of(loaded.id(), earlier.id())) {
      assertTrue(handedOut.key(Suite.SM2, id).isPresent());
      assertTrue(loaded.ring().key(Suite.SM2, id).isPresent());
      assertTrue(handedOut.key(Suite.ED25519, id).isEmpty());
    }
    assertEquals(4, loaded.certificatesPem().split("BEGIN CERTIFICATE", -1).length - 1);
  }

  @Test
  void aFolderWithoutCertifiedKeysIsRefused(@TempDir Path folder) throws IOException {
    assertThrows(IllegalStateException.class, () -> CertificateRing.of(folder.resolve("absent")));
    assertThrows(IllegalStateException.class, () -> CertificateRing.of(folder));
    ReceiptKeys keys = SampleReceipts.keys(folder.resolve("keys"));
    Path leafOnly = folder.resolve("receipt.pem");
    Files.copy(folder.resolve("keys/receipt.pem"), leafOnly);
    assertThrows(IllegalStateException.class, () -> CertificateRing.of(folder));
    Files.copy(folder.resolve("keys/root.pem"), folder.resolve("root.pem"));
    assertTrue(CertificateRing.of(folder).key(Suite.SM2, keys.id()).isPresent());
    Files.writeString(leafOnly, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThrows(IllegalStateException.class, () -> CertificateRing.of(folder));
  }

  @Test
  void sm3HashesTheStandardsExample() {
    // GB/T 32905-2016, A.1.
    assertArrayEquals(
        Hex.decode("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        Sm3.of(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}));
  }
}
