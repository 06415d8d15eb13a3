package org.skillvoucher.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.chaos.FaultKind;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.load.LoadOptions;
import org.skillvoucher.simulator.load.LoadRun;
import org.skillvoucher.simulator.load.LoadShare;
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
      "Runs a scenario. One with a schedule checks correctness: sheets, receipts and books at its"
          + " end are compared with the expected outcome. One with a load measures how many scans"
          + " a second a gateway carries, with what delay, and has every receipt checked.",
      "Ends with 0 when all is well, 1 when something is lost, doubled or otherwise than it should"
          + " be, 2 for what cannot be run, 3 when the gateway cannot be reached, 4 when the"
          + " simulator itself was too late for its numbers to count, 99 when thresholds were"
          + " missed."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "config"));
  private static final int ROUNDS_MAX = 1_000;

  @Parameters(
      paramLabel = "SCENARIO.yaml",
      description = "Such as config/scenarios/morning-peak.yaml.")
  private @Nullable Path file;

  @Option(names = "--seed", paramLabel = "N", description = "Overrides the seed of the file.")
  private @Nullable Long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a load's result as a page.")
  private @Nullable Path html;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Records what a load sent and received, one JSON line each.")
  private @Nullable Path history;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "Loads a gateway that runs already, instead of one of its own.")
  private @Nullable String gateway;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Of --gateway: JSON with a token for each role, as .vgw/tokens.json.")
  private @Nullable Path tokens;

  @Option(
      names = "--platform",
      paramLabel = "URL",
      description = "Of --gateway: its card platform's stub, where the cards are registered.")
  private @Nullable String platform;

  @Option(
      names = "--management",
      paramLabel = "URL",
      description = "Of --gateway: its management port, for metrics and the clock of start-dev.")
  private @Nullable String management;

  @Option(
      names = "--part",
      paramLabel = "K/N",
      description = "Runs every N-th class, from the K-th on: N processes share one load.")
  private String part = "1/1";

  @Option(
      names = "--chaos",
      paramLabel = "FAULT",
      split = ",",
      description =
          "kill-gateway, kill-postgres, freeze-postgres: faults injected while the load runs.")
  private List<String> chaos = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many faults --chaos injects; each of its faults once if not given.")
  private @Nullable Integer rounds;

  @Option(
      names = "--durability",
      paramLabel = "on|off",
      description = "off lets PostgreSQL acknowledge before it has written; for controls only.")
  private String durability = "on";

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (file == null || !Files.isReadable(file)) {
      System.err.println("cannot read the scenario " + file);
      return 2;
    }
    try {
      ScenarioText text = ScenarioText.read(file);
      boolean isLoad = text.isLoad();
      List<String> faults = new ArrayList<>(faults(isLoad));
      List<String> command =
          GatewayProcess.Start.commandOf(Optional.ofNullable(System.getenv("VGW_GATEWAY_COMMAND")));
      if (command.isEmpty() && gateway == null) {
        faults.add(
            "VGW_GATEWAY_COMMAND, the command that starts a gateway, is not set; use ./vgw simulate");
      }
      if (!faults.isEmpty()) {
        throw new ScenarioInvalid(faults);
      }
      return isLoad ? measureLoad(text, command) : checkCorrectness(text, command);
    } catch (ScenarioInvalid e) {
      e.faults().forEach(System.err::println);
      return 2;
    }
  }

  /** What is wrong with the options together. */
  private List<String> faults(boolean isLoad) {
    List<String> faults = new ArrayList<>();
    boolean ofLoads =
        gateway != null || html != null || history != null || !chaos.isEmpty() || isPart();
    if (!isLoad && ofLoads) {
      faults.add(
          "a correctness scenario runs on a gateway of its own, with --seed and --json only");
    }
    if (gateway == null && (tokens != null || platform != null || management != null)) {
      faults.add("--tokens, --platform and --management need a --gateway");
    }
    if (gateway != null && (tokens == null || !Files.isReadable(tokens))) {
      faults.add("--gateway needs --tokens, a file that can be read, and not " + tokens);
    }
    if (gateway != null && (!chaos.isEmpty() || isForgetful())) {
      faults.add("--chaos and --durability are for a gateway of one's own only");
    }
    if (LoadShare.of(part).isEmpty()) {
      faults.add("--part is K/N such as 1/2, and not " + part);
    } else if (isPart() && gateway == null) {
      faults.add("--part is a share of the load on one --gateway");
    }
    chaos.stream()
        .filter(word -> FaultKind.of(word).isEmpty())
        .forEach(word -> faults.add("--chaos knows no " + word));
    if (rounds != null && (chaos.isEmpty() || rounds < 1 || rounds > ROUNDS_MAX)) {
      faults.add("--rounds is the number of faults --chaos injects, 1 to " + ROUNDS_MAX);
    }
    if (!isForgetful() && !durability.equals("on")) {
      faults.add("--durability is on or off, and not " + durability);
    }
    return faults;
  }

  private boolean isPart() {
    return !part.equals("1/1");
  }

  private boolean isForgetful() {
    return durability.equals("off");
  }

  private int checkCorrectness(ScenarioText text, List<String> command)
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

  private int measureLoad(ScenarioText text, List<String> command)
      throws IOException, InterruptedException, ScenarioInvalid {
    LoadOptions options =
        new LoadOptions(
            where(command),
            CONFIG,
            LoadShare.of(part).orElse(LoadShare.WHOLE),
            chaosOptions(),
            Optional.ofNullable(json),
            Optional.ofNullable(html),
            Optional.ofNullable(history));
    return LoadRun.of(text, Optional.ofNullable(seed), options, Screen.of(System.out)).run();
  }

  private LoadOptions.Target where(List<String> command) {
    return gateway == null || tokens == null
        ? new LoadOptions.OwnGateway(command, !isForgetful())
        : new LoadOptions.RunningGateway(
            gateway, tokens, Optional.ofNullable(platform), Optional.ofNullable(management));
  }

  private Optional<LoadOptions.FaultOptions> chaosOptions() {
    List<FaultKind> faults = chaos.stream().flatMap(word -> FaultKind.of(word).stream()).toList();
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LoadOptions.FaultOptions(faults, rounds == null ? faults.size() : rounds));
  }
}
