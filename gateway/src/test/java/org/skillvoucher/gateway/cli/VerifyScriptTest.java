package org.skillvoucher.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.gateway.receipt.CertificateRing;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.SampleReceipts;
import org.skillvoucher.gateway.receipt.ScriptRun;
import org.skillvoucher.gateway.receipt.Sm2;
import org.skillvoucher.gateway.receipt.Sm2Sealer;

/** What an auditor does, who has a shell and OpenSSL and none of our code. */
final class VerifyScriptTest {
  private static final Path SCRIPT = Path.of(System.getProperty("vgw.config"), "verify.sh");

  private static Path folder;
  private static Path keysFolder;
  private static ReceiptKeys keys;

  @BeforeAll
  static void makeKeys(@TempDir Path temporary) {
    folder = temporary;
    keysFolder = folder.resolve("keys");
    keys = SampleReceipts.keys(keysFolder);
  }

  private static ScriptRun verify(byte[] record, Path trusted)
      throws IOException, InterruptedException {
    Path file = Files.write(Files.createTempFile(folder, "a receipt", ".vtr"), record);
    return ScriptRun.in(
        folder, List.of("sh", SCRIPT.toString(), file.toString(), trusted.toString()));
  }

  private static void assertOk(byte[] record, Path trusted) throws Exception {
    ScriptRun run = verify(record, trusted);
    assertEquals(0, run.exitCode(), run.output());
    assertTrue(run.output().startsWith("OK vtr1."), run.output());
  }

  private static void assertInvalid(String code, byte[] record) throws Exception {
    assertEquals(new ScriptRun(1, "invalid: " + code + "\n"), verify(record, keysFolder));
  }

  private static byte[] receipt() {
    return SampleReceipts.bytes(
        new Sm2Sealer(keys, SampleReceipts.ISSUER).seal(SampleReceipts.draft(1)));
  }

  private static byte[] with(int position, int value) {
    byte[] record = receipt();
    record[position] = (byte) value;
    return record;
  }

  private static byte[] sealed(String from, String to) {
    return SampleReceipts.sealed(keys, SampleReceipts.payload().replace(from, to));
  }

  @Test
  void aSealedReceiptVerifies() throws Exception {
    ScriptRun run = verify(receipt(), keysFolder);
    assertEquals("OK vtr1.sm2 " + keys.id() + "\n" + SampleReceipts.payload() + "\n", run.output());
    assertEquals(0, run.exitCode());
  }

  @Test
  void signaturesWithHighBitsAndLeadingZerosVerify() throws Exception {
    Sm2Sealer sealer = new Sm2Sealer(keys, SampleReceipts.ISSUER);
    boolean[] seen = new boolean[4];
    for (int i = 1; !(seen[0] && seen[1] && seen[2] && seen[3]); i++) {
      byte[] record = SampleReceipts.bytes(sealer.seal(SampleReceipts.draft(i)));
      for (int half = 0; half < 2; half++) {
        byte first = record[10 + 32 * half];
        int kind = first == 0 ? half : 2 + half;
        if ((first <= 0) && !seen[kind]) {
          seen[kind] = true;
          assertOk(record, keysFolder);
        }
      }
    }
  }

  @Test
  void anEd25519ReceiptVerifiesAndAnAlteredOneDoesNot() throws Exception {
    Path trusted = folder.resolve("ed25519");
    byte[] record = SampleReceipts.ed25519(trusted);
    assertOk(record, trusted);
    record[40] ^= 1;
    assertEquals(new ScriptRun(1, "invalid: sig\n"), verify(record, trusted));
  }

  @Test
  void theBundleOfAllCertificatesServesAsWell() throws Exception {
    Path trusted = Files.createDirectory(folder.resolve("bundle"));
    SampleReceipts.ed25519(trusted);
    // Of the same names, so that only the key can tell the roots apart.
    ReceiptKeys lastYear = SampleReceipts.keys(folder.resolve("last-year"));
    Files.writeString(trusted.resolve("earlier.pem"), lastYear.certificatesPem());
    Files.writeString(trusted.resolve("keys.pem"), keys.certificatesPem().replace("\n", "\r\n"));
    assertOk(receipt(), trusted);
    assertOk(SampleReceipts.sealed(lastYear, SampleReceipts.payload()), trusted);
  }

  /** In the script and in the program, whatever an editor did to the file. */
  @Test
  void certificatesThatAnEditorSavedServeAsWell() throws Exception {
    String pem = keys.certificatesPem();
    Map<String, String> saved =
        Map.of(
            "mark", "\uFEFF" + pem,
            "crlf", pem.replace("\n", "\r\n"),
            "cr", pem.replace("\n", "\r"),
            "both", "\uFEFF" + pem.replace("\n", "\r\n"),
            "blanks", pem.replace("\n", " \t\n"),
            "indented", "  " + pem.replace("\n", "\n  "),
            "spaced", pem.replace("\n", "\n\n"),
            "ends", pem.strip());
    for (Map.Entry<String, String> file : saved.entrySet()) {
      Path trusted = Files.createDirectory(folder.resolve(file.getKey()));
      Files.writeString(trusted.resolve("keys.pem"), file.getValue());
      assertOk(receipt(), trusted);
      assertTrue(
          CertificateRing.of(trusted).trusted(Suite.SM2, keys.id()).isPresent(), file.getKey());
    }
  }

  @Test
  void alteredReceiptsDoNotVerify() throws Exception {
    byte[] record = receipt();
    for (int position : new int[] {10, 41, 42, 73}) {
      assertInvalid("sig", with(position, record[position] ^ 1));
    }
    for (int position : new int[] {2, 9}) {
      assertInvalid("key", with(position, record[position] ^ 1));
    }
    assertInvalid("format", with(0, 0x81));
    assertInvalid("suite", with(1, 3));
    assertInvalid("key", with(1, 2));
    assertInvalid("sig", replaced(record, "\"act\":\"in\"", "\"act\":\"im\""));
    assertInvalid("sig", replaced(record, "\"sq\":1,", "\"sq\":2,"));
    assertInvalid("sig", replaced(record, "BBBB", "BBBC"));
    assertInvalid("type", replaced(record, "vtr1.sm2", "vtr2.sm2"));
    assertInvalid("not_canonical", replaced(record, "\"sq\":1,", "\"sq\":01"));
    assertInvalid("length", Arrays.copyOf(record, 74));
    assertInvalid("length", Arrays.copyOf(record, 2123));
    assertInvalid("not_canonical", Arrays.copyOf(record, record.length - 1));
    assertInvalid("not_canonical", Arrays.copyOf(record, record.length + 1));
  }

  private static byte[] replaced(byte[] record, String from, String to) {
    String hex = Hex.toHexString(record);
    String altered = hex.replace(hexOf(from), hexOf(to));
    assertTrue(!hex.equals(altered), from);
    return Hex.decode(altered);
  }

  private static String hexOf(String text) {
    return Hex.toHexString(text.getBytes(UTF_8));
  }

  @Test
  void numbersOutOfRangeAreReportedAsSuch() throws Exception {
    byte[] order = Sm2.CURVE.getN().toByteArray();
    for (int at : new int[] {10, 42}) {
      byte[] zero = receipt();
      Arrays.fill(zero, at, at + 32, (byte) 0);
      assertInvalid("range", zero);
      byte[] tooLarge = receipt();
      System.arraycopy(order, order.length - 32, tooLarge, at, 32);
      assertInvalid("range", tooLarge);
    }
  }

  @Test
  void whatWasSignedButIsNoReceiptIsRefused() throws Exception {
    assertInvalid("act", sealed("\"in\"", "\"on\""));
    assertInvalid("type", sealed("vtr1.sm2", "vtr1.ed25519"));
    assertInvalid("not_canonical", sealed("\"sq\":1,", "\"sq\":1,\"sq\":1,"));
    assertInvalid("not_canonical", sealed("\"sq\":1,", "\"sq\":1.0,"));
    assertInvalid("not_canonical", sealed(",\"sub\"", ", \"sub\""));
    assertInvalid("key", sealed("\"iat\":1", "\"iat\":2"));
  }

  @Test
  void quotesAndChineseInsideTheMembersAreRead() throws Exception {
    assertOk(
        sealed("urn:skillvoucher:test", "某市\\\"\\\\\\n\\u0001,\\\"iat\\\":7,\\\"id\\\":"),
        keysFolder);
  }

  @Test
  void aKeyWhoseRootIsNotTrustedIsNoKey() throws Exception {
    Path trusted = Files.createDirectory(folder.resolve("other-root"));
    SampleReceipts.keys(folder.resolve("others"));
    Files.copy(folder.resolve("others/root.pem"), trusted.resolve("root.pem"));
    Files.copy(keysFolder.resolve("receipt.pem"), trusted.resolve("receipt.pem"));
    assertEquals(new ScriptRun(1, "invalid: key\n"), verify(receipt(), trusted));
  }

  @Test
  void whatIsMissingEndsWithTwo() throws Exception {
    String script = SCRIPT.toString();
    String trusted = keysFolder.toString();
    String absent = folder.resolve("absent").toString();
    List<List<String>> commands =
        List.of(
            List.of("sh", script),
            List.of("sh", script, absent, trusted),
            List.of("sh", script, script, absent));
    for (List<String> command : commands) {
      assertEquals(2, ScriptRun.in(folder, command).exitCode(), command.toString());
    }
    assertEquals(2, verify(receipt(), Files.createDirectory(folder.resolve("none"))).exitCode());
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path file = Files.write(folder.resolve("r.vtr"), receipt());
    ScriptRun run =
        ScriptRun.in(
            folder,
            List.of(
                "env",
                "TMPDIR=" + temporary,
                "sh",
                SCRIPT.toString(),
                file.toString(),
                keysFolder.toString()));
    assertEquals(0, run.exitCode(), run.output());
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void theLinesOfTheDocumentationVerifyAReceipt() throws Exception {
    Path place = Files.createDirectory(folder.resolve("lines"));
    // These lines ask whether the certificate is valid today, so it must be.
    Path today = place.resolve("keys");
    ReceiptKeys valid = ReceiptKeys.create(today, "Test Authority", true, InstantSource.system());
    Files.copy(today.resolve("root.pem"), place.resolve("root.pem"));
    Files.copy(today.resolve("receipt.pem"), place.resolve("leaf.pem"));
    Files.write(place.resolve("r.vtr"), SampleReceipts.sealed(valid, SampleReceipts.payload()));
    Files.writeString(
        place.resolve("lines.sh"),
        """
        ID=1234567812345678
        tail -c +75 r.vtr > payload
        h=$(tail -c +11 r.vtr | head -c 64 | od -An -v -tx1 | tr -d ' \\n')
        printf 'asn1=SEQUENCE:s\\n[s]\\nr=INTEGER:0x%s\\ns=INTEGER:0x%s\\n' "$(echo $h | cut -c1-64)" "$(echo $h | cut -c65-128)" > c
        openssl asn1parse -genconf c -noout -out sig.der
        openssl x509 -in leaf.pem -pubkey -noout > pub.pem
        openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -digest sm3 -pkeyopt distid:$ID -in payload -sigfile sig.der
        openssl verify -vfyopt distid:$ID -CAfile root.pem leaf.pem
        """);
    ScriptRun run = ScriptRun.in(place, List.of("sh", "-e", "lines.sh"));
    assertEquals(new ScriptRun(0, "Signature Verified Successfully\nleaf.pem: OK\n"), run);
  }

  @Test
  void manyReceiptsOfOneSealerVerify() throws Exception {
    Sm2Sealer sealer = new Sm2Sealer(keys, SampleReceipts.ISSUER);
    for (int i : IntStream.rangeClosed(1, 8).toArray()) {
      assertOk(SampleReceipts.bytes(sealer.seal(SampleReceipts.draft(i))), keysFolder);
    }
  }
}
