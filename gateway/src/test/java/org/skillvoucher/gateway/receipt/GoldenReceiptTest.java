package org.skillvoucher.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.domain.receipt.Suite;

/**
 * Receipts issued by earlier versions. The files are never edited: every later verifier must find
 * these receipts valid.
 */
final class GoldenReceiptTest {
  private static Path golden(Suite suite) throws URISyntaxException {
    String name = "/receipt/" + suite.type();
    return Path.of(Objects.requireNonNull(GoldenReceiptTest.class.getResource(name), name).toURI());
  }

  @ParameterizedTest
  @EnumSource
  void theReceiptOfOldIsValidStill(Suite suite) throws Exception {
    Path folder = golden(suite);
    byte[] record = Files.readAllBytes(folder.resolve("receipt.vtr"));
    Valid valid =
        assertInstanceOf(Valid.class, ReceiptVerifier.verify(record, CertificateRing.of(folder)));
    assertArrayEquals(Files.readAllBytes(folder.resolve("payload.json")), valid.record().payload());
  }

  @ParameterizedTest
  @EnumSource
  void itsPayloadWouldBeWrittenTheSameToday(Suite suite) throws Exception {
    assertEquals(
        Files.readString(golden(suite).resolve("payload.json")),
        new String(
            new ReceiptPayload(suite, SampleReceipts.ISSUER, SampleReceipts.draft(1)).bytes(),
            UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void theShellScriptTakesItToo(Suite suite, @TempDir Path place) throws Exception {
    Path folder = golden(suite);
    ScriptRun run =
        ScriptRun.in(
            place,
            List.of(
                "sh",
                Path.of(System.getProperty("vgw.config"), "verify.sh").toString(),
                folder.resolve("receipt.vtr").toString(),
                folder.toString()));
    assertEquals(0, run.exitCode(), run.output());
  }
}
