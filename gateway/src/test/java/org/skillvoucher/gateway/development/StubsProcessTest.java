package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.development.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StubsProcessTest {
  private static final String READY = "echo 'ready platform=http://p:1 downstream=http://d:2'; ";
  private final ByteArrayOutputStream forwarded = new ByteArrayOutputStream();

  @Test
  void itsReadyLineTellsTheAddressesAndTheRestIsForwarded() throws Exception {
    try (var stubs = start("echo before; " + READY + "echo after $NAME; exec cat", 20)) {
      assertEquals("http://p:1", stubs.platform());
      assertEquals("http://d:2", stubs.downstream());
      assertTrue(stubs.alive());
      eventually(
          "all lines", () -> text().lines().toList().equals(List.of("before", "after given")));
    }
  }

  @Test
  void itEndsWithItsParentAndItsInputStaysOpenUntilThen() throws Exception {
    var stubs = start(READY + "echo $VGW_EXIT_ON_EOF; read -r line; echo ended", 20);
    eventually("the variable", () -> text().contains("true"));
    assertTrue(stubs.alive());
    stubs.close();
    assertFalse(stubs.alive());
    assertFalse(text().contains("ended"));
  }

  @Test
  void oneThatDoesNotGoIsKilled() {
    var stubs = start("trap '' TERM; " + READY + "while :; do read -r line; done", 20);
    stubs.close();
    assertFalse(stubs.alive());
  }

  @Test
  void oneThatEndsBeforeItIsReadyIsReportedWithItsExitCode() {
    var refusal = assertThrows(CannotStart.class, () -> start("echo sorry; exit 3", 20));
    assertTrue(refusal.getMessage().contains("exit code 3"));
    assertTrue(text().contains("sorry"));
  }

  @Test
  void oneThatStaysSilentIsGivenUp() {
    var refusal = assertThrows(CannotStart.class, () -> start("exec cat", 1));
    assertTrue(refusal.getMessage().contains("within 1 s"));
  }

  @Test
  void aCommandThatDoesNotExistIsReported() {
    var command = List.of("/does/not/exist");
    assertThrows(
        CannotStart.class, () -> StubsProcess.start(command, Map.of(), Duration.ofSeconds(20)));
  }

  @Test
  void theLauncherHandsOverOneArgumentALine() {
    assertEquals(List.of("a b", "c"), StubsProcess.commandLine("a b\nc\n"));
  }

  private StubsProcess start(String script, int seconds) {
    return StubsProcess.start(
        List.of("sh", "-c", script),
        Map.of("NAME", "given"),
        Duration.ofSeconds(seconds),
        new PrintStream(forwarded, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return forwarded.toString(StandardCharsets.UTF_8);
  }
}
