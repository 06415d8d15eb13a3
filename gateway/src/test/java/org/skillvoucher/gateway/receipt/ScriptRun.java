package org.skillvoucher.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The result of a command; the tests need OpenSSL and a shell. */
public record ScriptRun(int exitCode, String output) {
  private static final long SECONDS_MAX = 60;

  public static ScriptRun in(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " has not ended");
    }
    return new ScriptRun(process.exitValue(), output);
  }
}
