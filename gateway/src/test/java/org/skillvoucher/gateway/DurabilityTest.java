package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged means durable: synchronous commit cannot be switched off in production. */
class DurabilityTest {
  private final Path folder;

  DurabilityTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aDatabaseGivenByItsUrlIsNeverMadeUnsafe() {
    assertTrue(
        refusal(
                "start-dev",
                "--durability=off",
                "--data=" + folder,
                "--platform-port=0",
                "--downstream-port=0",
                "--set=http.port=0",
                "--set=management.port=0",
                "--set=database.url=jdbc:postgresql://127.0.0.1:1/vgw")
            .contains("for the embedded PostgreSQL only"));
  }

  @Test
  void productionRefusesTheSetting() {
    assertTrue(refusal("start", "--durability=off").contains("Unknown option"));
  }

  /** What is printed with exit code 2. */
  private static String refusal(String... arguments) {
    StringWriter printed = new StringWriter();
    int exitCode = Gateway.commandLine().setErr(new PrintWriter(printed)).execute(arguments);
    assertEquals(2, exitCode, printed.toString());
    return printed.toString();
  }
}
