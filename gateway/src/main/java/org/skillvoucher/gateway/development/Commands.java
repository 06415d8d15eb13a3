package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the system to its end. */
final class Commands {
  private static final long SECONDS_MAX = 120;

  private Commands() {}

  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * The exit code and everything printed; a command that does not exist counts as exit code 127.
   */
  static Outcome run(List<String> command) {
    return run(command, Path.of("/"));
  }

  static Outcome run(List<String> command, Path workingFolder) {
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
      // Messages in one language, because some of them are parsed.
      builder.environment().put("LC_ALL", "C");
      process = builder.start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try (var output = process.getInputStream()) {
      process.getOutputStream().close();
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Outcome(124, text + "\nnot done within " + SECONDS_MAX + " s");
      }
      return new Outcome(process.exitValue(), text);
    } catch (IOException e) {
      return new Outcome(1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return new Outcome(130, "interrupted");
    }
  }
}
