package org.skillvoucher.gateway.development;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that holds an embedded database until it is killed or its input ends. */
final class OtherGateway implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherGateway(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What the other JVM runs: {@code hold FOLDER}, {@code hold} or {@code unpack FOLDER}. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("unpack")) {
      System.out.println(PostgresBinaries.unpackedBelow(Path.of(arguments[1])).folder());
      return;
    }
    var settings =
        arguments.length > 1
            ? EmbeddedDatabaseSettings.keptIn(Path.of(arguments[1]))
            : EmbeddedDatabaseSettings.ephemeral();
    try {
      var database = EmbeddedDatabase.start(settings);
      System.out.println("url " + database.url());
      System.out.println("postmaster " + database.postmasterPid().getAsLong());
      System.out.println("guard " + database.reaperPid());
      System.out.println("folder " + database.folder());
      while (System.in.read() >= 0) {
        // Held until the end of input.
      }
      database.close();
    } catch (CannotStart e) {
      System.out.println("refused " + e.getMessage());
    }
  }

  static OtherGateway run(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherGateway.class.getName()));
    command.addAll(List.of(arguments));
    return new OtherGateway(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The value of the next line that begins with the name; whatever else is printed is skipped. */
  String read(String name) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(name + " ")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("it ended without saying " + name);
    }
    return line.substring(name.length() + 1);
  }

  String lastLine() throws IOException {
    List<String> lines = output.readAllLines();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  /** As kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
    } finally {
      process.onExit().join();
    }
  }
}
