package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.gateway.EmbeddedPostgres;

/** The postmaster of one data folder with all its sessions and workers, on this machine. */
final class PostgresProcesses {
  /**
   * Stops the postmaster first, or it would fork others while they are listed. The shell ignores
   * signals, so that everything is continued even if this JVM is killed.
   */
  private static final String SIGNALS =
      """
      trap '' INT TERM HUP
      kill -STOP "$1" || exit 1
      echo stopped
      read -r others
      if [ "$2" = kill ]; then
        kill -KILL "$1" $others
      else
        kill -STOP $others
        sleep "$2"
        kill -CONT $others "$1"
      fi
      exit 0
      """;

  private final Path data;

  /**
   * @param data folder of a gateway with an embedded PostgreSQL
   */
  PostgresProcesses(Path data) {
    this.data = data;
  }

  /** Kills all of them at once (kill -9), so that none can write what it has in memory. */
  void kill() throws IOException, InterruptedException {
    signal(postmaster(), "kill");
  }

  /** Stops all of them for this time, and returns when they are continued. */
  void freeze(Duration held) throws IOException, InterruptedException {
    signal(postmaster(), Long.toString(held.toSeconds()));
  }

  private static void signal(ProcessHandle postmaster, String action)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(
                List.of("sh", "-c", SIGNALS, "signals", Long.toString(postmaster.pid()), action))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = shell.inputReader(StandardCharsets.US_ASCII);
        var input = shell.outputWriter(StandardCharsets.US_ASCII)) {
      if (!"stopped".equals(output.readLine())) {
        throw new IOException("process " + postmaster.pid() + " cannot be signalled");
      }
      List<String> others = new ArrayList<>();
      postmaster.descendants().forEach(other -> others.add(Long.toString(other.pid())));
      input.write(String.join(" ", others) + "\n");
      input.flush();
      shell.waitFor();
    }
  }

  private ProcessHandle postmaster() throws IOException {
    return EmbeddedPostgres.postmaster(data)
        .orElseThrow(() -> new IOException("no PostgreSQL runs on " + data));
  }
}
