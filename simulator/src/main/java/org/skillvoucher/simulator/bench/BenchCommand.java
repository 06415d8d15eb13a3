package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vgw bench}. */
@Command(
    name = "bench",
    description = {
      "Measures what the project can do beside what it is built on, by turns on this machine, and"
          + " tells the ratios: medians, with the smallest and largest of the rounds.",
      "Ends with 0 when every ratio is what it must be, 99 when one is not, 1 when a measurement"
          + " fails."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  private static final int MISSED = 99;
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "config"));

  /** What can be left out. */
  enum BenchPart {
    /** Ratios of journal and activation. */
    JOURNAL,
    /** Where a scan's processor time goes. */
    STAGES
  }

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of each measurement (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--quick", description = "Shorter measurements and two rounds: a first look.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "Scans a second under which processor time is told (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "Only this part, or these: ${COMPLETION-CANDIDATES}.")
  private Set<BenchPart> only = EnumSet.allOf(BenchPart.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> inProcess = command("VGW_BENCH_COMMAND");
    List<String> gateway = command("VGW_GATEWAY_COMMAND");
    if (inProcess.isEmpty() || gateway.isEmpty() || repetitions < 1) {
      System.err.println(
          repetitions < 1
              ? "--repetitions is at least 1"
              : "VGW_BENCH_COMMAND and VGW_GATEWAY_COMMAND say what to measure; use ./vgw bench");
      return 2;
    }
    Screen screen = Screen.of(System.out);
    screen.title("What it can do, by turns with what it is built on 性能比值");
    List<Ratio.Found> found = List.of();
    Optional<CpuPerScan> cpu = Optional.empty();
    if (only.contains(BenchPart.JOURNAL)) {
      screen.chapter("Journal and activation, in the gateway's process");
      var samples = InProcess.measure(inProcess, quick, quick ? 2 : repetitions, screen::line);
      found = InProcess.RATIOS.stream().map(ratio -> ratio.in(samples)).toList();
    }
    try {
      var load = new UnderLoad(gateway, CONFIG, screen);
      if (only.contains(BenchPart.STAGES)) {
        screen.chapter("The whole gateway, " + rate + " scans a second");
        cpu = Optional.of(load.cpuPerScan(rate, quick ? 10 : 20));
      }
    } catch (UnderLoad.Failed e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
    tell(screen, found, cpu);
    if (json != null) {
      Files.writeString(json, Json.pretty(report(found, cpu)) + "\n");
    }
    return found.stream().allMatch(Ratio.Found::holds) ? 0 : MISSED;
  }

  private static List<String> command(String variable) {
    return GatewayProcess.Start.commandOf(Optional.ofNullable(System.getenv(variable)));
  }

  private static void tell(Screen screen, List<Ratio.Found> found, Optional<CpuPerScan> cpu) {
    if (!found.isEmpty()) {
      screen.chapter("Ratios: median (smallest–largest of the rounds)");
      screen.lines(table(found));
    }
    cpu.ifPresent(
        perScan -> {
          screen.chapter(
              String.format(
                  Locale.ROOT, "Processor time at %,.0f accepted scans a second", perScan.scans()));
          screen.lines(perScan.table());
        });
  }

  static List<String> table(List<Ratio.Found> found) {
    Table table = new Table("what", "ratio", "must be", "", "above the line /s", "below it /s");
    for (Ratio.Found one : found) {
      var bound = one.ratio().bound();
      table.row(
          one.ratio().what(),
          one.spread().text("%.2f"),
          bound.map(Ratio.Bound::text).orElse(""),
          bound.isEmpty() ? "" : one.holds() ? "✓" : "✗",
          Spread.of(one.over()).text("%,.0f"),
          Spread.of(one.under()).text("%,.0f"));
    }
    return table.lines();
  }

  private ObjectNode report(List<Ratio.Found> found, Optional<CpuPerScan> cpu) {
    ObjectNode report =
        Json.object()
            .put("at", Instant.now().toString())
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .put("java", Runtime.version().toString())
            .put("quick", quick);
    ArrayNode ratios = report.putArray("ratios");
    found.forEach(one -> ratios.add(one.json()));
    cpu.ifPresent(perScan -> report.set("cpu", perScan.json()));
    return report;
  }
}
