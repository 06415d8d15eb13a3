package org.skillvoucher.gateway.development;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process with the stubs of the card platform and the downstream system, started by start-dev.
 *
 * <p>Its standard input stays open for the lifetime of this process, and it ends with its input,
 * however this process ends.
 */
public final class StubsProcess implements AutoCloseable {
  /** How long the stubs may take to listen. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern READY = Pattern.compile("ready platform=(\\S+) downstream=(\\S+)");
  private static final long END_SECONDS_MAX = 5;

  private final Process process;
  private final Addresses addresses;

  private StubsProcess(Process process, Addresses addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  private record Addresses(String platform, String downstream) {}

  /**
   * Starts the command and waits for its line {@code ready platform=URL downstream=URL}; other
   * output goes to our standard error.
   *
   * @param command program and arguments, as {@link #commandLine} reads them
   * @param environment added to ours
   * @throws CannotStart when it ends or stays silent instead
   */
  public static StubsProcess start(
      List<String> command, Map<String, String> environment, Duration patience) {
    return start(command, environment, patience, System.err);
  }

  static StubsProcess start(
      List<String> command,
      Map<String, String> environment,
      Duration patience,
      PrintStream forwarded) {
    Process process = launch(command, environment);
    var ready = new CompletableFuture<Addresses>();
    Thread.ofPlatform()
        .daemon()
        .name("stubs-output")
        .start(() -> read(process.inputReader(StandardCharsets.UTF_8), ready, forwarded));
    try {
      return new StubsProcess(process, ready.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      end(process);
      throw new CannotStart("The stubs were not ready within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      // Its output has ended, so the process is about to end; its exit code is more specific than
      // ours.
      process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join();
      end(process);
      throw new CannotStart("The stubs ended (exit code %d)".formatted(process.exitValue()), e);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted while the stubs were starting", e);
    }
  }

  /** The command that the launcher passes, one argument a line. */
  public static List<String> commandLine(String variable) {
    return variable.lines().filter(line -> !line.isEmpty()).toList();
  }

  private static Process launch(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    builder.environment().put(ExitOnEof.VARIABLE, "true");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CannotStart("The stubs cannot be started: " + e.getMessage(), e);
    }
  }

  private static void read(
      BufferedReader output, CompletableFuture<Addresses> ready, PrintStream forwarded) {
    try (output) {
      output
          .lines()
          .forEach(
              line -> {
                Matcher matcher = READY.matcher(line);
                if (ready.isDone() || !matcher.matches()) {
                  forwarded.println(line);
                } else {
                  ready.complete(new Addresses(matcher.group(1), matcher.group(2)));
                }
              });
      ready.completeExceptionally(new IOException("its output ended"));
    } catch (IOException | UncheckedIOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** Address of the card platform's stub. */
  public String platform() {
    return addresses.platform();
  }

  /** Address of the downstream stub. */
  public String downstream() {
    return addresses.downstream();
  }

  /** Whether the process is running. */
  public boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
