package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.desk.RulesFile;
import org.skillvoucher.simulator.downstream.DownstreamSettings;
import org.skillvoucher.simulator.downstream.DownstreamStub;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.gateway.TemporaryFolder;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.platform.PlatformSettings;
import org.skillvoucher.simulator.platform.PlatformStub;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

/** One run of a scenario: stubs in this process, a gateway in its own, and fresh data. */
public final class SimulateRun {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

  private final Scenario scenario;
  private final List<String> gatewayCommand;
  private final Path config;
  private final Optional<Path> json;
  private final Screen screen;
  private final long startedNanos = System.nanoTime();

  SimulateRun(
      Scenario scenario,
      List<String> gatewayCommand,
      Path config,
      Optional<Path> json,
      Screen screen) {
    this.scenario = scenario;
    this.gatewayCommand = gatewayCommand;
    this.config = config;
    this.json = json;
    this.screen = screen;
  }

  /** Of a file, with another seed where one is given. */
  public static SimulateRun of(
      ScenarioText text,
      Optional<Long> seed,
      List<String> gatewayCommand,
      Path config,
      Optional<Path> json,
      Screen screen)
      throws ScenarioInvalid {
    Scenario scenario = ScenarioFile.read(text);
    return new SimulateRun(
        seed.map(scenario::withSeed).orElse(scenario), gatewayCommand, config, json, screen);
  }

  /**
   * Returns the exit code.
   *
   * @throws ScenarioInvalid when the scenario asks for more than its classes can give
   */
  public int run() throws IOException, InterruptedException, ScenarioInvalid {
    LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), Scenario.ZONE);
    Plan plan =
        PlanMaker.make(
            scenario,
            today.plusDays(1),
            RulesFile.read(config, scenario.region(), today).attendance());
    screen.title(scenario.name() + "  " + scenario.title() + "  (seed " + scenario.seed() + ")");
    Path folder = Files.createTempDirectory("vgw-simulate-");
    int exitCode = runIn(folder, plan);
    if (exitCode == 0) {
      TemporaryFolder.remove(folder);
    } else {
      System.err.println("the gateway's log: " + folder.resolve("gateway.log"));
    }
    return exitCode;
  }

  /** As {@link #run}, with the gateway's log and ready file in that folder. */
  int runIn(Path folder, Plan plan) throws IOException, InterruptedException {
    Secrets secrets = Secrets.fresh();
    try (PlatformStub platform =
            PlatformStub.start(
                new PlatformSettings(
                    0,
                    secrets.platformAccessKey(),
                    secrets.platformSecret(),
                    secrets.envelopeKey()),
                InstantSource.system(),
                plan.people());
        DownstreamStub downstream =
            DownstreamStub.start(
                new DownstreamSettings(0, secrets.downstreamSecret()), InstantSource.system())) {
      Map<String, String> environment = new HashMap<>(secrets.environment());
      environment.put("VGW_PLATFORM_URL", platform.url());
      environment.put("VGW_DOWNSTREAM_URL", downstream.url());
      return withGateway(plan, environment, folder, platform.url());
    } catch (GatewayProcess.Ended e) {
      System.err.println(e.getMessage());
      return e.exitCode() == 2 ? 2 : 1;
    } catch (CannotConnect e) {
      System.err.println(e.getMessage());
      return 3;
    } catch (UnexpectedAnswer e) {
      screen.failed(
          "the scenario ends here", "an answer to go on with", String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private int withGateway(Plan plan, Map<String, String> environment, Path folder, String platform)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    note("starting a gateway of its own");
    GatewayProcess process =
        GatewayProcess.start(
            new GatewayProcess.Start(gatewayCommand, new GatewayProcess.Data.Fresh()),
            environment,
            folder);
    Runtime.getRuntime().addShutdownHook(new Thread(process::close, "on-signal"));
    try (process;
        RetryingHttpClient http = new RetryingHttpClient(Thread::sleep, ANSWER_MAX)) {
      ReadyFile ready = process.awaitReady(() -> {});
      ScenarioEnvironment scenarioEnvironment =
          new ScenarioEnvironment(
              plan,
              new GatewayClient(http, ready, "simulate-" + Secrets.hex(new SecureRandom(), 6)),
              new DevClock(http, ready.management()),
              platform,
              new AnswerLog(plan.taps().size()),
              this::note);
      return play(scenarioEnvironment);
    }
  }

  private int play(ScenarioEnvironment environment) throws IOException {
    Plan plan = environment.plan();
    ScenarioPreparation preparation =
        new ScenarioPreparation(
            environment,
            (ObjectNode)
                Json.read(Files.readAllBytes(config.resolve("sample").resolve("filing.json"))));
    note(
        "enrolling "
            + scenario.sites().devicesInAll()
            + " devices, filing "
            + scenario.classes().count()
            + " classes of "
            + scenario.classes().people());
    List<Kiosk> kiosks = preparation.kiosks();
    List<ClassOnFile> classes = preparation.classes();
    ScenarioRunner runner = new ScenarioRunner(environment, kiosks, classes);
    runner.all();
    note("closing the classes 结班");
    runner.closeAll();
    note("reading the books 对账");
    GatewayInspection inspection = new GatewayInspection(environment.gateway());
    GatewayState.Books books = inspection.books();
    note("reading flags 预警");
    runner.checkFlags(inspection);
    note("reading and verifying receipts and sheets 回执、考勤表");
    GatewayState state =
        new GatewayState(environment.answers(), inspection.classes(classes), runner.gaps(), books);
    ComparisonFindings findings =
        Comparison.of(plan, state, classes.stream().map(ClassOnFile::pseudonyms).toList());
    ScenarioReport report =
        new ScenarioReport(
            scenario,
            findings,
            plan.taps().size(),
            runner.uploads().items(),
            runner.uploads().batches(),
            runner.uploads().cut(),
            (System.nanoTime() - startedNanos) / 1e9);
    report.show(screen);
    if (json.isPresent()) {
      Files.writeString(json.get(), Json.pretty(report.json()) + "\n");
    }
    return findings.isEqual() ? 0 : 1;
  }

  private void note(String text) {
    System.err.println(
        String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - startedNanos) / 1e9, text));
  }
}
