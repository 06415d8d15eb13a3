package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.FaultRecord;
import org.skillvoucher.simulator.checker.Checker;
import org.skillvoucher.simulator.checker.JournalExport;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.history.HistoryWriter;
import org.skillvoucher.simulator.report.Machine;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.UsageSampler;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** Runs a load on a deployment, checks it, and returns what was measured. */
final class LoadExecution {
  private final LoadScenario scenario;
  private final LoadOptions options;
  private final ClassRules rules;
  private final Optional<FaultPlan> faultPlan;
  private final Duration arrivalsAtLeast;
  private final LiveProgress progress;
  private final Optional<RampWatch> ramp;

  /**
   * For one run.
   *
   * @param arrivalsAtLeast arrivals last this long, and then until all faults were injected
   */
  LoadExecution(
      LoadScenario scenario,
      LoadOptions options,
      ClassRules rules,
      Optional<FaultPlan> faultPlan,
      Duration arrivalsAtLeast,
      LiveProgress progress) {
    this.scenario = scenario;
    this.options = options;
    this.rules = rules;
    this.faultPlan = faultPlan;
    this.arrivalsAtLeast = arrivalsAtLeast;
    this.progress = progress;
    ramp = scenario.arrivals().ramp().map(RampWatch::new);
  }

  /**
   * Checks before anything is started that there is a person for each arrival.
   *
   * @throws ScenarioInvalid when there is not
   */
  void checkPeople(LocalDate day) throws ScenarioInvalid {
    Instant starts = scenario.startsOn(day);
    LoadPlan plan =
        LoadPlan.make(
            scenario,
            LoadFixture.lessons(scenario, starts.plus(scenario.day().lead())),
            rules.attendance(),
            starts);
    Optional<Duration> shortage = plan.firstShortage();
    if (shortage.isPresent()) {
      throw new ScenarioInvalid(
          List.of(
              String.format(
                  Locale.ROOT,
                  "%s: after %.1f s there is no person left for a valid scan; more classes, people,"
                      + " lessons or speed are needed",
                  scenario.name(),
                  shortage.get().toMillis() / 1000.0)));
    }
  }

  /**
   * Prepares, runs and checks the load.
   *
   * @param folder in which the history is written
   */
  Measured measure(Deployment deployment, Path folder) throws IOException, InterruptedException {
    ObjectNode filing =
        (ObjectNode)
            Json.read(
                Files.readAllBytes(options.config().resolve("sample").resolve("filing.json")));
    // The checker reads the journal from here on: the classes of this run are filed later.
    Optional<String> since =
        deployment.hasEarlierEvents()
            ? Optional.of(journal(deployment.gateway()).end())
            : Optional.empty();
    LoadPreparation.PreparedLoad prepared =
        new LoadPreparation(scenario, rules, options.share(), deployment, filing, progress)
            .prepare();
    LoadPlan plan =
        LoadPlan.make(
                prepared.scenario(), prepared.lessons(), rules.attendance(), prepared.starts())
            .share(options.share());
    WarmUp.run(scenario.door().suites());
    Duration lasts = scenario.arrivals().schedule().lasts();
    progress.note(
        String.format(
            Locale.ROOT,
            "playing %,d arrivals in %d s",
            scenario.arrivals().schedule().arrivals(),
            lasts.toSeconds()));
    Files.createDirectories(folder);
    return measure(
        deployment,
        prepared,
        new LoadRunner(
            plan, new LoadRunner.RunLength(scenario.arrivals().warmUp(), arrivalsAtLeast, lasts)),
        new CheckInputs(folder.resolve("history-" + options.share().number() + ".jsonl"), since));
  }

  /**
   * What the checker reads.
   *
   * @param since end of the journal before the run; empty for the whole journal
   */
  private record CheckInputs(Path history, Optional<String> since) {}

  private Measured measure(
      Deployment deployment,
      LoadPreparation.PreparedLoad prepared,
      LoadRunner runner,
      CheckInputs inputs)
      throws IOException, InterruptedException {
    Instant started = LoadRun.now();
    List<Measured.Usage> usage;
    List<FaultRecord> injected;
    try (HistoryWriter writer = HistoryWriter.begin(inputs.history());
        FaultInjection faults = faultPlan.map(deployment::faults).orElseGet(FaultInjection::none);
        UsageSampler sampler =
            UsageSampler.start(
                deployment.sources(), System.nanoTime(), scenario.beside().collect());
        BackgroundActivity background =
            new BackgroundActivity(
                scenario.beside(), deployment, prepared.offline(), prepared.closings())) {
      boolean completed =
          runner.run(
              settings(deployment, prepared),
              new LoadRunner.Observers(
                  writer::put,
                  faults,
                  context -> background.start(context, arrivalsAtLeast),
                  this::onSecond));
      progress.clear();
      if (!completed) {
        progress.note("some statements have no final answer");
      }
      usage = sampler.taken();
      injected = faults.events();
    }
    return new Measured(
        new Measured.Run(
            scenario.name(),
            scenario.seed(),
            deployment.name(),
            started,
            runner.ranFor().toMillis() / 1000.0,
            scenario.arrivals().warmUp().toMillis() / 1000.0,
            1,
            List.of(Machine.here()),
            facts(prepared)),
        runner.work(),
        prepared.offline().work(),
        runner.seconds(),
        usage,
        injected.stream().map(MeasuredConversions::fault).toList(),
        ramp.map(RampWatch::steps).orElse(List.of()),
        scenario.thresholds(),
        checks(deployment, prepared, inputs, injected));
  }

  private LoadRunner.RunSettings settings(
      Deployment deployment, LoadPreparation.PreparedLoad prepared) {
    return new LoadRunner.RunSettings(
        URI.create(deployment.gateway().ready().api()),
        prepared.devices(),
        scenario.door().connections(),
        scenario.seed(),
        prepared.starts(),
        prepared.scenario().day().speed(),
        prepared.clocks(),
        scenario.door().patience());
  }

  private boolean onSecond(Measured.Second second) {
    progress.show(second);
    return ramp.isEmpty() || ramp.get().continueAfter(second);
  }

  private Map<String, String> facts(LoadPreparation.PreparedLoad prepared) {
    Map<String, String> facts = new HashMap<>();
    facts.put("business time runs", prepared.scenario().day().speed() + " times as fast");
    facts.put("classes", scenario.classesInAll() + " of " + scenario.door().people());
    facts.put("devices", String.valueOf(prepared.devices().devices().size()));
    facts.put("connections", String.valueOf(scenario.door().connections()));
    if (!scenario.arrivals().warmUp().isZero()) {
      facts.put("warm-up, not counted", scenario.arrivals().warmUp().toSeconds() + " s");
    }
    return facts;
  }

  private static JournalExport journal(GatewayClient gateway) {
    return new JournalExport(
        gateway.http(),
        gateway.ready().api(),
        Objects.requireNonNull(gateway.ready().tokens().get(Role.AUDITOR)));
  }

  private List<Measured.Check> checks(
      Deployment deployment,
      LoadPreparation.PreparedLoad prepared,
      CheckInputs inputs,
      List<FaultRecord> injected)
      throws IOException {
    progress.note("checking every receipt against the journal 核对");
    List<Measured.Check> checks =
        new ArrayList<>(
            Checker.check(journal(deployment.gateway()), inputs.since(), List.of(inputs.history()))
                .checks()
                .stream()
                .map(MeasuredConversions::check)
                .toList());
    faultPlan.ifPresent(plan -> checks.add(MeasuredConversions.allInjected(plan, injected)));
    deployment
        .downstream()
        .ifPresent(downstream -> checks.addAll(prepared.closings().delivered(downstream)));
    return checks;
  }
}
