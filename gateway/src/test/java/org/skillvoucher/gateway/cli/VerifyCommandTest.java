package org.skillvoucher.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.SampleReceipts;
import org.skillvoucher.gateway.receipt.Sm2Sealer;
import picocli.CommandLine;

final class VerifyCommandTest {
  private static Path folder;
  private static ReceiptKeys keys;
  private static Path good;
  private static Path bad;

  @BeforeAll
  static void makeFiles(@TempDir Path temporary) throws IOException {
    folder = temporary;
    keys = SampleReceipts.keys(folder.resolve("keys"));
    byte[] record =
        SampleReceipts.bytes(
            new Sm2Sealer(keys, SampleReceipts.ISSUER).seal(SampleReceipts.draft(1)));
    good = Files.write(folder.resolve("good.vtr"), record);
    record[30] ^= 1;
    bad = Files.write(folder.resolve("bad.vtr"), record);
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int exitCode =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(texts);
    return new Run(exitCode, out.toString(), err.toString());
  }

  @Test
  void aValidReceiptIsReportedInBothLanguages() {
    Run run = run(good, "--keys", folder.resolve("keys"));
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith(good + ": valid 有效\n"), run.out());
    assertTrue(run.out().contains("行为: sign-in 签到\n"), run.out());
    assertTrue(run.out().contains("签发时间: 2026-11-21 09:00:00.001 +08:00\n"), run.out());
    assertTrue(run.out().contains("DEVELOPMENT KEY"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void anInvalidOneIsReportedWithItsReasonAmongValidOnes() {
    Run run = run(good, bad, good, "--keys", folder.resolve("keys"));
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains(bad + ": invalid: sig\n"), run.out());
    assertEquals(2, run.out().split(": valid 有效", -1).length - 1);
  }

  @Test
  void aReplyOfTheGatewayIsReadAsWell() throws IOException {
    SealedReceipt sealed = new Sm2Sealer(keys, SampleReceipts.ISSUER).seal(SampleReceipts.draft(1));
    Path reply =
        Files.writeString(
            folder.resolve("reply.json"),
            "\n{\"receipt\":\"" + sealed.record() + "\",\"payload\":{\"x\":null,\"y\":1.5}}\n");
    assertEquals(0, run(reply, "--keys", folder.resolve("keys")).exitCode());
    for (String text :
        new String[] {
          "{\"receipt\":\"" + sealed.record() + "==\"}", "{\"receipt\":1}", "{}", "{", "", "x"
        }) {
      Path odd = Files.writeString(folder.resolve("odd.json"), text);
      assertEquals(1, run(odd, "--keys", folder.resolve("keys")).exitCode(), text);
    }
  }

  @Test
  void asJsonThereIsOneLineForEachFile() {
    Run run = run(good, bad, "--json", "--keys", folder.resolve("keys"));
    String[] lines = run.out().split("\n", -1);
    assertEquals(
        "{\"developmentKey\":true,\"file\":\""
            + good
            + "\",\"kid\":\""
            + keys.id()
            + "\",\"payload\":"
            + SampleReceipts.payload()
            + ",\"valid\":true}",
        lines[0]);
    assertTrue(lines[1].startsWith("{\"code\":\"sig\",\"detail\":"), lines[1]);
    assertEquals(3, lines.length);
    assertEquals(1, run.exitCode());
  }

  @Test
  void whatIsNotThereEndsWithTwo() {
    Run noFile = run(good, folder.resolve("absent"), "--keys", folder.resolve("keys"));
    assertEquals(2, noFile.exitCode());
    assertTrue(noFile.err().contains("absent is not there"), noFile.err());
    assertTrue(noFile.out().contains("valid"), noFile.out());
    assertEquals(2, run(good, "--keys", folder.resolve("absent")).exitCode());
    assertEquals(2, run(good).exitCode());
    assertEquals(2, run("--keys", folder).exitCode());
  }
}
