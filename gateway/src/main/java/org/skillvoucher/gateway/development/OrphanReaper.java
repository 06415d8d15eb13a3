package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that briefly outlives a killed gateway: when its standard input ends, it stops the
 * orphaned postmaster, which no other process would, and deletes an ephemeral data folder.
 */
final class OrphanReaper implements AutoCloseable {
  /** Each line read is the pid to stop from now on; the lock file must still agree at the end. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      while read -r line; do pid=$line; done
      lock=$1/postmaster.pid
      if [ -n "$pid" ] && [ "$(head -n 1 "$lock")" = "$pid" ]; then
        kill -INT "$pid"
        tries=0
        while [ -e "$lock" ] && [ "$tries" -lt 30 ]; do sleep 1; tries=$((tries + 1)); done
      fi
      if [ -n "$2" ]; then rm -rf -- "$2"; fi
      """;

  private final Process shell;

  private OrphanReaper(Process shell) {
    this.shell = shell;
  }

  /** Starts the reaper for a cluster; the folder to delete is empty when the data is retained. */
  static OrphanReaper over(Path cluster, String removedAtTheEnd) throws IOException {
    return new OrphanReaper(
        new ProcessBuilder(
                List.of("sh", "-c", SCRIPT, "orphan-reaper", cluster.toString(), removedAtTheEnd))
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  void watch(long pid) {
    try {
      shell.getOutputStream().write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
      shell.getOutputStream().flush();
    } catch (IOException e) {
      // The reaper was killed; the next start on this folder stops the postmaster as well.
    }
  }

  long pid() {
    return shell.pid();
  }

  /** PostgreSQL is already stopped: the reaper has nothing left to do. */
  @Override
  public void close() {
    shell.destroyForcibly();
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
