package org.skillvoucher.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.load.LoadOptions;
import org.skillvoucher.simulator.load.LoadRun;
import org.skillvoucher.simulator.load.Part;
import org.skillvoucher.simulator.scenario.SimulateRun;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vgw simulate}. */
@Command(
    name = "simulate",
    description = {
      "Plays a scenario against a gateway of its own, and compares what its sheets, receipts and"
          + " books say with what is known to be true.",
      "Ends with 0 when all is equal, 1 at any difference, 2 for a scenario that cannot be played,"
          + " 3 when the gateway cannot be reached."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "config"));

  @Parameters(
      paramLabel = "SCENARIO.yaml",
      description = "Such as config/scenarios/door-burst.yaml.")
  private @Nullable Path file;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Plays it with another seed than the file's.")
  private @Nullable Long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the report as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Keeps what was sent and heard, one JSON line each.")
  private @Nullable Path history;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (file == null || !Files.isReadable(file)) {
      System.err.println("cannot read the scenario " + file);
      return 2;
    }
    try {
      ScenarioText text = ScenarioText.read(file);
      List<String> command =
          GatewayProcess.Start.commandOf(Optional.ofNullable(System.getenv("VGW_GATEWAY_COMMAND")));
      if (command.isEmpty()) {
        System.err.println("VGW_GATEWAY_COMMAND says how to start a gateway; use ./vgw simulate");
        return 2;
      }
      return text.root().has("load") ? load(text, command) : story(text, command);
    } catch (ScenarioInvalid e) {
      e.faults().forEach(System.err::println);
      return 2;
    }
  }

  private int story(ScenarioText text, List<String> command)
      throws IOException, InterruptedException, ScenarioInvalid {
    return SimulateRun.of(
            text,
            Optional.ofNullable(seed),
            command,
            CONFIG,
            Optional.ofNullable(json),
            Screen.of(System.out))
        .run();
  }

  private int load(ScenarioText text, List<String> command)
      throws IOException, InterruptedException, ScenarioInvalid {
    LoadOptions options =
        new LoadOptions(
            command,
            CONFIG,
            Optional.empty(),
            Part.WHOLE,
            Optional.ofNullable(json),
            Optional.empty(),
            Optional.ofNullable(history));
    return LoadRun.of(text, Optional.ofNullable(seed), options, Screen.of(System.out)).run();
  }
}
