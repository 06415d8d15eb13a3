package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.screen.Screen;

final class DemoRunTest {
  private final Path folder;

  DemoRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int run(String... command) throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new DemoRun(
            new DemoOptions(
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(command),
                Path.of(System.getProperty("vgw.config", "../config"))),
            Screen.plain(nowhere))
        .runIn(folder);
  }

  @Test
  void aGatewayThatFailsAtItsStartFailsTheDemo() throws Exception {
    assertEquals(1, run("/bin/sh", "-c", "echo broken; exit 1"));
  }

  @Test
  void aGatewayThatLacksSomethingPassesOnItsExitCode() throws Exception {
    assertEquals(2, run("/bin/sh", "-c", "exit 2"));
    assertEquals(2, run("/no/such/program"));
  }

  @Test
  void aGatewayThatIsReadyAndDoesNotAnswerCannotBeReached() throws Exception {
    String ready =
        "{\"api\":\"http://127.0.0.1:1\",\"management\":\"http://127.0.0.1:1\",\"tokens\":{"
            + "\"issuing_authority\":\"a\",\"institution\":\"b\",\"device\":\"c\","
            + "\"card_platform\":\"d\",\"auditor\":\"e\",\"operator\":\"f\"}}";
    // The shell's own arguments are: sh --ephemeral --ready-file FILE.
    assertEquals(3, run("/bin/sh", "-c", "printf '%s' '" + ready + "' >\"$3\"; cat", "sh"));
  }
}
