package org.skillvoucher.simulator.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Requests a full garbage collection of a JVM on this machine, by the jcmd of the same JDK. */
final class FullGc {
  private static final int SECONDS_MAX = 20;

  private FullGc() {}

  /** Returns whether the collection ran. */
  static boolean run(ProcessHandle jvm) {
    Optional<Path> tool = jvm.info().command().map(java -> Path.of(java).resolveSibling("jcmd"));
    if (tool.isEmpty() || !Files.isExecutable(tool.get())) {
      return false;
    }
    try {
      Process process =
          new ProcessBuilder(tool.get().toString(), Long.toString(jvm.pid()), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
