package org.skillvoucher.simulator;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.skillvoucher.simulator.bench.BenchCommand;
import org.skillvoucher.simulator.demo.DemoCommand;
import org.skillvoucher.simulator.report.ReportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Everyone the gateway deals with: run by the launcher as {@code stubs}, {@code demo}, {@code
 * simulate}, {@code report}, {@code check} or {@code bench}.
 */
@Command(
    name = "simulator",
    description = "Card platform, downstream system and the people of a class; speaks HTTP only.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "stubs | demo | simulate | report | check | bench",
    subcommands = {
      StubsCommand.class,
      DemoCommand.class,
      SimulateCommand.class,
      ReportCommand.class,
      CheckCommand.class,
      BenchCommand.class
    })
final class Simulator {
  private Simulator() {}

  /** Exits 0, 1 for a failure, 2 for wrong usage, 3 when the gateway cannot be reached. */
  public static void main(String... arguments) {
    // Chinese terms must come out whole whatever the locale of the shell is.
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    System.exit(
        new CommandLine(new Simulator())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }
}
