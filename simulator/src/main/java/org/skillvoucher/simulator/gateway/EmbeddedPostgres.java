package org.skillvoucher.simulator.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL that a gateway in dev mode runs beside itself, seen from outside. */
public final class EmbeddedPostgres {
  private EmbeddedPostgres() {}

  /**
   * Its first process, the parent of all its others; empty when none runs.
   *
   * @param data the gateway's data folder
   */
  public static Optional<ProcessHandle> postmaster(Path data) {
    Path lockFile = data.resolve("postgres").resolve("postgresql").resolve("postmaster.pid");
    try (var lines = Files.lines(lockFile)) {
      return lines
          .findFirst()
          .filter(pid -> pid.strip().matches("\\d{1,18}"))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
    } catch (IOException e) {
      return Optional.empty(); // not there while it is started or after it was stopped
    }
  }
}
