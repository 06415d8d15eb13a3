package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * PostgreSQL's own programs, run on one data folder: initdb, and pg_ctl to start and stop.
 *
 * <p>pg_ctl rather than the library's {@code EmbeddedPostgres}, which (2.2.2) runs postgres as our
 * child, so that Ctrl-C in a terminal stops it before the gateway has finished; which fails on a
 * folder whose last postmaster was killed; which allows connections without a password; and which
 * as root supports user namespaces only. The library provides the binaries. See doc/adr/0006.
 */
final class Postmaster {
  static final String USER = "vgw";
  static final String CLUSTER = "postgresql";
  static final String LOG = "postgresql.log";
  private static final String MAJOR_VERSION = "18";
  private static final long LOG_BYTES_MAX = 10_000_000;
  private static final long START_SECONDS_MAX = 60;
  private static final long STOP_SECONDS_MAX = 30;

  private final PostgresBinaries binaries;
  private final PostgresAccount account;
  private final DataFolder folder;
  private final EmbeddedDatabaseSettings settings;
  private final String name;

  Postmaster(
      PostgresBinaries binaries,
      PostgresAccount account,
      DataFolder folder,
      EmbeddedDatabaseSettings settings)
      throws IOException {
    this.binaries = binaries;
    this.account = account;
    this.folder = folder;
    this.settings = settings;
    byte[] seed = folder.password().getBytes(StandardCharsets.UTF_8);
    this.name = "vgw-" + HexFormat.of().toHexDigits(java.util.Arrays.hashCode(seed));
  }

  /** Creates the cluster if there is none, atomically: a kill during creation leaves none. */
  void create(boolean kept) throws IOException {
    Path cluster = folder.cluster();
    if (Files.exists(cluster)) {
      String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
      if (!version.equals(MAJOR_VERSION)) {
        throw new CannotStart(
            "The data in %s was written by PostgreSQL %s, this is %s: move it away, or use --ephemeral"
                .formatted(folder.path(), version, MAJOR_VERSION));
      }
      account.give(cluster);
      return;
    }
    Path part = folder.path().resolve("postgresql.part");
    Folders.delete(part);
    account.give(Folders.makePrivate(part));
    var outcome =
        Commands.run(
            account.command(
                binaries.program("initdb"),
                List.of(
                    "--pgdata=" + part,
                    "--username=" + USER,
                    "--pwfile=" + folder.passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    // PostgreSQL's own locale: the same order on every machine.
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    // Ephemeral data need not survive a power cut.
                    kept ? "--sync-method=fsync" : "--no-sync")));
    if (!outcome.succeeded()) {
      throw new CannotStart(
          "PostgreSQL's data folder %s cannot be made: %s"
              .formatted(cluster, outcome.output().strip()));
    }
    Files.move(part, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts on 127.0.0.1 and waits until connections are accepted; the process id. */
  long start(int port) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (true) {
      keepLogSmall();
      long logBefore = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
      disownLockFile();
      var outcome = pgCtl("start", "-t", "" + START_SECONDS_MAX, "-l", LOG, "-o", options(port));
      OptionalLong pid = running();
      if (outcome.succeeded() && pid.isPresent()) {
        folder.give(account);
        return pid.getAsLong();
      }
      String log = logSince(logBefore);
      // The sessions of a killed postmaster remain for a moment, attached to the old shared memory.
      boolean transientFailure = log.contains("shared memory block");
      if (!transientFailure || System.nanoTime() > deadline) {
        throw new CannotStart(
            "PostgreSQL does not start: %s%s".formatted(outcome.output().strip(), "\n" + log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  /**
   * Stops the postmaster of this folder, if one runs, whichever process started it, and waits until
   * it is gone.
   */
  void stop() throws IOException {
    for (String mode : List.of("fast", "immediate")) {
      if (running().isEmpty()) {
        return;
      }
      pgCtl("stop", "-m", mode, "-t", "" + STOP_SECONDS_MAX);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      while (running().isPresent() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    if (running().isPresent()) {
      throw new CannotStart(
          "PostgreSQL, process %d, does not stop".formatted(running().getAsLong()));
    }
  }

  /**
   * The process id of the running postmaster of this folder. The pid alone proves nothing: another
   * program may have reused it, or it may be a zombie's.
   */
  OptionalLong running() throws IOException {
    long pid = pidInLockFile();
    return pid > 0 && commandLine(pid).contains("cluster_name=" + name) && worksHere(pid)
        ? OptionalLong.of(pid)
        : OptionalLong.empty();
  }

  /**
   * A copied folder names the original's postmaster, which the working directory tells apart where
   * /proc exists.
   */
  private boolean worksHere(long pid) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), folder.cluster());
    } catch (IOException cannotTell) {
      return true;
    }
  }

  /** On Linux empty for a zombie, which ProcessHandle reports as alive. */
  private static String commandLine(long pid) {
    Path linux = Path.of("/proc", Long.toString(pid), "cmdline");
    try {
      if (Files.exists(Path.of("/proc/self"))) {
        return Files.readString(linux, StandardCharsets.ISO_8859_1).replace('\0', ' ');
      }
    } catch (IOException gone) {
      return "";
    }
    return ProcessHandle.of(pid).flatMap(process -> process.info().commandLine()).orElse("");
  }

  private long pidInLockFile() throws IOException {
    Path file = lockFile();
    if (!Files.exists(file)) {
      return -1;
    }
    try (var lines = Files.lines(file)) {
      return Long.parseLong(lines.findFirst().orElse("").strip());
    } catch (NumberFormatException | java.nio.file.NoSuchFileException e) {
      return -1;
    }
  }

  /**
   * PostgreSQL refuses to start while its lock file names any living process, so a reused pid would
   * prevent the start. Our own pid, the parent of pg_ctl, marks the file as stale, while the rest
   * of the file still lets PostgreSQL see whether sessions of the old postmaster are left in shared
   * memory; therefore the file is not just deleted.
   */
  private void disownLockFile() throws IOException {
    Path file = lockFile();
    if (!Files.exists(file) || running().isPresent()) {
      return;
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    if (lines.size() < 7) {
      // It died before it had shared memory.
      Files.delete(file);
      return;
    }
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(file, lines, StandardCharsets.ISO_8859_1);
  }

  private Path lockFile() {
    return folder.cluster().resolve("postmaster.pid");
  }

  private String options(int port) {
    return String.join(
        " ",
        "-p " + port,
        "-c listen_addresses=127.0.0.1",
        // A socket's path may be at most 107 bytes long, and no client uses one.
        "-c unix_socket_directories=''",
        "-c cluster_name=" + name,
        "-c max_connections=" + settings.connectionsMax(),
        "-c fsync=on",
        "-c synchronous_commit=" + (settings.durable() ? "on" : "off"));
  }

  /**
   * Names are relative to the folder, because pg_ctl passes them to a shell with insufficient
   * quoting.
   */
  private Commands.Outcome pgCtl(String verb, String... arguments) {
    List<String> all = new ArrayList<>(List.of(verb, "-w", "-s", "-D", CLUSTER));
    all.addAll(List.of(arguments));
    return Commands.run(account.command(binaries.program("pg_ctl"), all), folder.path());
  }

  private void keepLogSmall() throws IOException {
    Path log = folder.log();
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.move(
          log,
          log.resolveSibling("postgresql.log.1"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private String logSince(long position) throws IOException {
    if (!Files.exists(folder.log())) {
      return "";
    }
    byte[] all = Files.readAllBytes(folder.log());
    int from = (int) Math.max(Math.min(position, all.length), all.length - 4_000L);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
  }
}
