package org.skillvoucher.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.report.Outcome;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vgw bench}. */
@Command(
    name = "bench",
    description = {
      "Measures the project and what it is built on, alternately on this machine, and prints the"
          + " ratios: medians, with the smallest and largest of the rounds.",
      "Ends with 0 when every ratio is within its bound, 99 when one is not, 1 when a measurement"
          + " fails."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "config"));

  /** The parts of the benchmark, which can be run separately. */
  enum BenchPart {
    /** Ratios of the journal and of entity activation. */
    JOURNAL,
    /** CPU time of a scan by category. */
    STAGES,
    /** Accepted rate at an arrival rate of twice the peak. */
    OVERLOAD
  }

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of each measurement (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--quick", description = "Shorter measurements and two rounds.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Scans per second at which CPU time is measured (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "Only these parts: ${COMPLETION-CANDIDATES}.")
  private Set<BenchPart> only = EnumSet.allOf(BenchPart.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> inProcess = command("VGW_BENCH_COMMAND");
    List<String> gateway = command("VGW_GATEWAY_COMMAND");
    if (inProcess.isEmpty() || gateway.isEmpty() || repetitions < 1) {
      System.err.println(
          repetitions < 1
              ? "--repetitions is at least 1"
              : "VGW_BENCH_COMMAND and VGW_GATEWAY_COMMAND are not set; use ./vgw bench");
      return 2;
    }
    Screen screen = Screen.of(System.out);
    screen.title("Ratios to what it is built on 性能比值");
    try {
      BenchReport report =
          measure(inProcess, new UnderLoad(gateway, CONFIG, screen, quick ? 10 : 30), screen);
      report.show(screen);
      if (json != null) {
        Files.writeString(json, Json.pretty(report.json()) + "\n");
      }
      return report.holds() ? 0 : Outcome.MISSED.exitCode();
    } catch (UnderLoad.LoadFailed e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
  }

  private BenchReport measure(List<String> inProcess, UnderLoad load, Screen screen)
      throws IOException, InterruptedException, UnderLoad.LoadFailed {
    List<Ratio.MeasuredRatio> ratios = List.of();
    if (only.contains(BenchPart.JOURNAL)) {
      screen.chapter("Journal and activation, in the gateway's process");
      var samples = InProcess.measure(inProcess, quick, rounds(), screen::line);
      ratios = InProcess.RATIOS.stream().map(ratio -> ratio.measuredBy(samples)).toList();
    }
    Optional<CpuPerScan> cpu = Optional.empty();
    if (only.contains(BenchPart.STAGES)) {
      screen.chapter("The whole gateway, " + rate + " scans per second");
      cpu = Optional.of(load.cpuPerScan(rate, quick ? 10 : 20));
    }
    Optional<Overload> overload = Optional.empty();
    if (only.contains(BenchPart.OVERLOAD)) {
      screen.chapter("The whole gateway, at its peak and at twice its peak");
      overload = Optional.of(load.overload(quick ? 3 : 4, rounds()));
    }
    return new BenchReport(ratios, cpu, overload);
  }

  private int rounds() {
    return quick ? Math.min(2, repetitions) : repetitions;
  }

  private static List<String> command(String variable) {
    return GatewayProcess.Start.commandOf(Optional.ofNullable(System.getenv(variable)));
  }
}
