package org.skillvoucher.simulator.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.desk.RulesFile;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.gateway.TemporaryFolder;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.MeasuredFile;
import org.skillvoucher.simulator.report.Outcome;
import org.skillvoucher.simulator.report.Page;
import org.skillvoucher.simulator.report.Summary;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

/** One run of a load, from its scenario file to its exit code. */
public final class LoadRun {
  private static final int CANNOT_CONNECT = 3;

  private final LoadScenario scenario;
  private final LoadOptions options;
  private final Optional<FaultPlan> faults;
  private final Screen screen;
  private final LiveProgress progress = new LiveProgress(System.err, Screen.isTerminal());

  private LoadRun(
      LoadScenario scenario, LoadOptions options, Optional<FaultPlan> faults, Screen screen) {
    this.scenario = scenario;
    this.options = options;
    this.faults = faults;
    this.screen = screen;
  }

  /** Reads a scenario; a given seed replaces the scenario's. */
  public static LoadRun of(
      ScenarioText text, Optional<Long> seed, LoadOptions options, Screen screen)
      throws ScenarioInvalid {
    LoadScenario read = LoadFile.read(text);
    LoadScenario seeded = seed.map(read::withSeed).orElse(read);
    Optional<FaultPlan> faults =
        options.faults().map(chaos -> new FaultPlan(chaos.faults(), chaos.rounds(), seeded.seed()));
    return new LoadRun(seeded, options, faults, screen);
  }

  /**
   * Returns the exit code.
   *
   * @throws ScenarioInvalid when there are not enough people for the arrivals
   */
  public int run() throws IOException, InterruptedException, ScenarioInvalid {
    LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), LoadScenario.ZONE);
    ClassRules rules = RulesFile.read(options.config(), scenario.region(), today);
    LoadExecution execution =
        new LoadExecution(
            faults.map(plan -> extendedFor(scenario, plan)).orElse(scenario),
            options,
            rules,
            faults,
            scenario.arrivals().schedule().lasts(),
            progress);
    execution.checkPeople(today.plusDays(1));
    screen.title(scenario.name() + "  " + scenario.title() + "  (seed " + scenario.seed() + ")");
    Path folder = Files.createTempDirectory("vgw-load-");
    int exitCode = runIn(folder, execution);
    if (exitCode == Outcome.BROKEN.exitCode() || exitCode == CANNOT_CONNECT) {
      System.err.println("log, data and history of this run: " + folder);
    } else {
      TemporaryFolder.remove(folder);
    }
    return exitCode;
  }

  /** By half more than the plan's length, because recovery takes longer on a busy machine. */
  static LoadScenario extendedFor(LoadScenario scenario, FaultPlan plan) {
    return scenario.lastingAtLeast(plan.length().multipliedBy(3).dividedBy(2));
  }

  private int runIn(Path folder, LoadExecution execution) throws IOException, InterruptedException {
    try (Deployment deployment = open(folder)) {
      Measured measured = execution.measure(deployment, options.history().orElse(folder));
      report(measured);
      return measured.outcome().exitCode();
    } catch (GatewayProcess.Ended e) {
      System.err.println(e.getMessage());
      return e.exitCode() == 2 ? 2 : 1;
    } catch (BadRequest e) {
      System.err.println("the tokens: " + e.getMessage());
      return 2;
    } catch (CannotConnect e) {
      progress.clear();
      System.err.println(e.getMessage());
      return CANNOT_CONNECT;
    } catch (UnexpectedAnswer e) {
      progress.clear();
      screen.failed("the load ends here", "a successful answer", String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private Deployment open(Path folder)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    List<Card> people = LoadFixture.people(scenario);
    return switch (options.target()) {
      case LoadOptions.OwnGateway own -> {
        progress.note("starting a gateway of its own");
        yield LocalDeployment.start(own, people, folder);
      }
      case LoadOptions.RunningGateway elsewhere -> RemoteDeployment.open(elsewhere, people);
    };
  }

  private void report(Measured measured) throws IOException {
    progress.clear();
    List<String> steps = MeasuredConversions.steps(measured.steps());
    if (!steps.isEmpty()) {
      screen.chapter("Steps 逐级加压");
      screen.lines(steps);
    }
    Summary.show(measured, screen);
    if (options.json().isPresent()) {
      MeasuredFile.write(measured, options.json().get());
    }
    if (options.html().isPresent()) {
      Page.write(measured, options.html().get());
    }
  }

  /** Start of a load on a clock that cannot be advanced. */
  static Instant now() {
    return InstantSource.system().instant();
  }
}
