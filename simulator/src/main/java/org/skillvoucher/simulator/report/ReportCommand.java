package org.skillvoucher.simulator.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.screen.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vgw report}. */
@Command(
    name = "report",
    description = {
      "Merges the results of several simulators that shared one scenario, or shows one result.",
      "Exit codes are those of the run: 0 when all thresholds are met, 1 when the checker found a"
          + " violated guarantee, 4 when the measurement is invalid, 99 when a threshold is missed;"
          + " 2 when the files are not parts of one run."
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RESULT.json",
      arity = "1..*",
      description = "As simulate --json wrote them.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--html", paramLabel = "FILE", description = "Writes the page.")
  private @Nullable Path html;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the merged result as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    try {
      List<Measured> parts = new ArrayList<>();
      for (Path file : files) {
        parts.add(MeasuredFile.read(file));
      }
      Measured whole = Merge.of(parts);
      if (json != null) {
        MeasuredFile.write(whole, json);
      }
      if (html != null) {
        Page.write(whole, html);
      }
      Summary.show(whole, Screen.of(System.out));
      return whole.outcome().exitCode();
    } catch (MeasuredFile.Unreadable | Merge.Refused e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }
}
