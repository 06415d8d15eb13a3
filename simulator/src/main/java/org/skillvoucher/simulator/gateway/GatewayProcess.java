package org.skillvoucher.simulator.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A gateway in a process of its own, which ends when the pipe to its standard input does: however
 * this process ends, no gateway is left behind.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration STOP_MAX = Duration.ofSeconds(15);
  private static final int LOG_TAIL_LINES = 15;

  private final ProcessBuilder builder;
  private final Path readyFile;
  private final Path log;
  private volatile Process process;

  private GatewayProcess(ProcessBuilder builder, Path readyFile, Path log) throws IOException {
    this.builder = builder;
    this.readyFile = readyFile;
    this.log = log;
    process = builder.start();
    // A later start goes on in the same log.
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** The gateway ended before it was ready; the reason is in its log. */
  public static final class Ended extends Exception {
    private final int exitCode;

    Ended(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  /** Where a gateway has its data, and where it listens. */
  public sealed interface Data {
    /** Fresh data that is gone at the end, on free ports. */
    record Fresh() implements Data {}

    /** The checkout's own data, on the usual ports. */
    record Usual() implements Data {}

    /** Data in this folder, on free ports; it outlives a {@link GatewayProcess#kill}. */
    record InFolder(Path folder) implements Data {}
  }

  /**
   * How a gateway is started.
   *
   * @param command one argument each
   * @param arguments of start-dev besides
   */
  public record Start(List<String> command, Data data, List<String> arguments) {
    public Start(List<String> command, Data data) {
      this(command, data, List.of());
    }

    /** As the launcher passes it, an argument a line; empty when it does not. */
    public static List<String> commandOf(Optional<String> lines) {
      return lines.stream().flatMap(String::lines).filter(argument -> !argument.isEmpty()).toList();
    }

    /** With a PostgreSQL that acknowledges before it has written, so that a crash loses scans. */
    public Start forgetful() {
      List<String> more = new ArrayList<>(arguments);
      more.add("--durability=off");
      return new Start(command, data, more);
    }

    private List<String> commandLine(Path ready) {
      List<String> all = new ArrayList<>(command);
      switch (data) {
        case Data.Fresh fresh -> all.add("--ephemeral");
        case Data.InFolder(var folder) -> all.add("--data=" + folder.toAbsolutePath());
        case Data.Usual usual -> {}
      }
      all.addAll(arguments);
      all.addAll(List.of("--ready-file", ready.toString()));
      return all;
    }
  }

  /**
   * Starts a gateway.
   *
   * @param environment what it needs to know beside its own settings
   * @param folder for its log and ready file
   */
  public static GatewayProcess start(Start how, Map<String, String> environment, Path folder)
      throws Ended {
    Path ready = folder.resolve("ready.json");
    Path log = folder.resolve("gateway.log");
    ProcessBuilder builder =
        new ProcessBuilder(how.commandLine(ready))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE);
    Map<String, String> all = builder.environment();
    all.remove("VGW_COMPANION");
    all.remove("VGW_GATEWAY_COMMAND");
    all.put("VGW_EXIT_ON_EOF", "true");
    all.putAll(environment);
    if (!(how.data() instanceof Data.Usual)) {
      // Data of this run: the user's own database is none of ours.
      all.remove("VGW_DATABASE_URL");
      listenOn(all, 0, 0);
      // The story lets the platform be silent once and downstream fail twice, and nobody likes to
      // wait for that as long as a real outage deserves.
      all.put("VGW_PLATFORM_TIMEOUT", environment.getOrDefault("VGW_PLATFORM_TIMEOUT", "1500ms"));
      all.put("VGW_DOWNSTREAM_BACKOFF_MIN", "200ms");
    }
    try {
      return new GatewayProcess(builder, ready, log);
    } catch (IOException e) {
      throw new Ended(2, "cannot start a gateway: " + e.getMessage());
    }
  }

  private static void listenOn(Map<String, String> environment, int api, int management) {
    environment.put("VGW_HTTP_PORT", Integer.toString(api));
    environment.put("VGW_MANAGEMENT_PORT", Integer.toString(management));
  }

  /** Kills it (kill -9) and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Starts it anew on the data and the ports it had, once it was ready and was killed; {@link
   * #awaitReady} waits for it as for the first one.
   */
  public void startAgain() throws IOException {
    ReadyFile before = ReadyFile.read(readyFile);
    listenOn(
        builder.environment(),
        URI.create(before.api()).getPort(),
        URI.create(before.management()).getPort());
    Files.delete(readyFile);
    process = builder.start();
  }

  public Path log() {
    return log;
  }

  /** Its process as it is now; after {@link #startAgain} it is another. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for the ready file.
   *
   * @throws Ended when the gateway ends first
   * @throws CannotConnect when it takes too long
   */
  public ReadyFile awaitReady(Runnable tick) throws IOException, Ended, InterruptedException {
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    while (!Files.exists(readyFile)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new Ended(
            process.exitValue(),
            "the gateway ended with " + process.exitValue() + "\n" + logTail());
      }
      if (System.nanoTime() > deadline) {
        throw new CannotConnect(
            "the gateway was not ready within " + READY_MAX.toSeconds() + " s\n" + logTail());
      }
      tick.run();
    }
    return ReadyFile.read(readyFile);
  }

  private String logTail() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
  }

  /** Waits until the gateway ends by itself. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Asks it to end, and makes it end if it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // the pipe is gone, so it has ended or is about to
    }
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
