package org.skillvoucher.simulator.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals, tested on a shell with children in place of a postmaster with sessions. */
final class PostgresProcessesTest {
  private final Path lockFile;
  private final PostgresProcesses postgres;
  private Process postmaster;
  private BufferedReader output;

  PostgresProcessesTest(@TempDir Path data) throws IOException {
    Path cluster = Files.createDirectories(data.resolve("postgres").resolve("postgresql"));
    lockFile = cluster.resolve("postmaster.pid");
    postgres = new PostgresProcesses(data);
    // The shell echoes its input, so that a stopped one can be distinguished from a running one.
    postmaster =
        new ProcessBuilder("sh", "-c", "sleep 600 & sleep 600 & while read -r w; do echo $w; done")
            .start();
    output = postmaster.inputReader(StandardCharsets.US_ASCII);
  }

  @BeforeEach
  void itRuns() throws IOException {
    Files.writeString(lockFile, postmaster.pid() + "\n/elsewhere\n");
    assertEquals("begin", answerTo("begin"));
    assertEquals(2, postmaster.descendants().count());
  }

  @AfterEach
  void end() {
    postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
    postmaster.destroyForcibly();
  }

  private String answerTo(String word) throws IOException {
    postmaster.outputWriter(StandardCharsets.US_ASCII).write(word + "\n");
    postmaster.outputWriter(StandardCharsets.US_ASCII).flush();
    return output.readLine();
  }

  @Test
  void aKillEndsAllOfThem() throws Exception {
    List<ProcessHandle> sessions = postmaster.descendants().toList();
    postgres.kill();
    assertTrue(postmaster.waitFor(10, TimeUnit.SECONDS));
    assertEquals(128 + 9, postmaster.exitValue());
    for (ProcessHandle session : sessions) {
      session.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFreezeStopsAllOfThemAndContinuesThem() throws Exception {
    long before = System.nanoTime();
    postgres.freeze(Duration.ofSeconds(1));
    assertFalse(Duration.ofNanos(System.nanoTime() - before).toMillis() < 1_000);
    assertEquals("running", answerTo("running"));
    assertEquals(2, postmaster.descendants().count());
  }

  @Test
  void aMissingPostmasterIsAnError() throws Exception {
    Files.writeString(lockFile, "not a number\n");
    assertThrows(IOException.class, postgres::kill);
    Files.delete(lockFile);
    assertThrows(IOException.class, () -> postgres.freeze(Duration.ofSeconds(1)));
  }
}
