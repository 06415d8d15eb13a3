package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.gateway.EmbeddedPostgres;

/**
 * The postmaster of one data folder with all its sessions and workers, as far as signals reach
 * them: on this machine.
 */
final class PostgresProcesses {
  /**
   * The postmaster first, or it would make others while they are counted. Whatever becomes of us,
   * this shell lives until everything goes on again.
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

  /** Kills all of them in the same moment (kill -9), so that none can write what it still holds. */
  void kill() throws IOException, InterruptedException {
    signal(postmaster(), "kill");
  }

  /** Lets all of them stand still for so many seconds, and returns when they go on. */
  void freeze(Duration held) throws IOException, InterruptedException {
    signal(postmaster(), Long.toString(held.toSeconds()));
  }

  private static void signal(ProcessHandle postmaster, String deed)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(
                List.of("sh", "-c", SIGNALS, "signals", Long.toString(postmaster.pid()), deed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var said = shell.inputReader(StandardCharsets.US_ASCII);
        var told = shell.outputWriter(StandardCharsets.US_ASCII)) {
      if (!"stopped".equals(said.readLine())) {
        throw new IOException("process " + postmaster.pid() + " takes no signals from us");
      }
      List<String> others = new ArrayList<>();
      postmaster.descendants().forEach(other -> others.add(Long.toString(other.pid())));
      told.write(String.join(" ", others) + "\n");
      told.flush();
      shell.waitFor();
    }
  }

  private ProcessHandle postmaster() throws IOException {
    return EmbeddedPostgres.postmaster(data)
        .orElseThrow(() -> new IOException("no PostgreSQL runs on " + data));
  }
}
