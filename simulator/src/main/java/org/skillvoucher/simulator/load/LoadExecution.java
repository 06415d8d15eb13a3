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

/** Plays a load on a deployment, has it checked, and says what was measured. */
final class LoadExecution {
  private final LoadScenario scenario;
  private final LoadOptions options;
  private final ClassRules rules;
  private final Optional<FaultPlan> faultPlan;
  private final Duration least;
  private final LiveProgress progress;
  private final Optional<RampWatch> ramp;

  /**
   * For one run.
   *
   * @param least so long people come, and then until all faults were made
   */
  LoadExecution(
      LoadScenario scenario,
      LoadOptions options,
      ClassRules rules,
      Optional<FaultPlan> faultPlan,
      Duration least,
      LiveProgress line) {
    this.scenario = scenario;
    this.options = options;
    this.rules = rules;
    this.faultPlan = faultPlan;
    this.least = least;
    this.progress = line;
    ramp = scenario.arrivals().ramp().map(RampWatch::new);
  }

  /**
   * Whether the people suffice, before anything is started.
   *
   * @throws ScenarioInvalid when they do not
   */
  void checkPeople(LocalDate day) throws ScenarioInvalid {
    Instant starts = scenario.startsOn(day);
    LoadPlan plan =
        LoadPlan.make(
            scenario,
            LoadFixture.lessons(scenario, starts.plus(scenario.day().lead())),
            rules.attendance(),
            starts);
    Optional<Duration> lacking = plan.lacking();
    if (lacking.isPresent()) {
      throw new ScenarioInvalid(
          List.of(
              String.format(
                  Locale.ROOT,
                  "%s: after %.1f s nobody is left who could scan so that it counts; more classes,"
                      + " people, lessons or speed are needed",
                  scenario.name(),
                  lacking.get().toMillis() / 1000.0)));
    }
  }

  /**
   * Does all of it.
   *
   * @param folder where the history is written
   */
  Measured measure(Deployment deployment, Path folder) throws IOException, InterruptedException {
    ObjectNode filing =
        (ObjectNode)
            Json.read(
                Files.readAllBytes(options.config().resolve("sample").resolve("filing.json")));
    // The classes of this run are judged from their filing on.
    Optional<String> since =
        deployment.hasPast() ? Optional.of(journal(deployment.gateway()).end()) : Optional.empty();
    LoadPreparation.Prepared prepared =
        new LoadPreparation(scenario, rules, options.part(), deployment, filing, progress)
            .prepare();
    LoadPlan plan =
        LoadPlan.make(
                prepared.scenario(), prepared.lessons(), rules.attendance(), prepared.starts())
            .part(options.part());
    WarmUp.of(scenario.door().suites());
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
        new LoadRunner(plan, new LoadRunner.Length(scenario.arrivals().warmUp(), least, lasts)),
        new Evidence(folder.resolve("history-" + options.part().number() + ".jsonl"), since));
  }

  /**
   * What a run is judged by.
   *
   * @param since the journal's end before it; empty for all of it
   */
  private record Evidence(Path history, Optional<String> since) {}

  private Measured measure(
      Deployment deployment, LoadPreparation.Prepared prepared, LoadRunner playing, Evidence kept)
      throws IOException, InterruptedException {
    Instant began = LoadRun.now();
    List<Measured.Usage> usage;
    List<FaultRecord> struck;
    try (HistoryWriter writer = HistoryWriter.begin(kept.history());
        FaultInjection faults = faultPlan.map(deployment::faults).orElseGet(FaultInjection::none);
        UsageSampler sampler =
            UsageSampler.start(
                deployment.sources(), System.nanoTime(), scenario.beside().collect());
        BackgroundActivity sideline =
            new BackgroundActivity(
                scenario.beside(), deployment, prepared.offline(), prepared.closings())) {
      boolean settled =
          playing.play(
              setting(deployment, prepared),
              new LoadRunner.Observers(
                  writer::put, faults, course -> sideline.begin(course, least), this::seen));
      progress.end();
      if (!settled) {
        progress.note("not everything could be settled");
      }
      usage = sampler.taken();
      struck = faults.events();
    }
    return new Measured(
        new Measured.Run(
            scenario.name(),
            scenario.seed(),
            deployment.name(),
            began,
            playing.played().toMillis() / 1000.0,
            scenario.arrivals().warmUp().toMillis() / 1000.0,
            1,
            List.of(Machine.here()),
            facts(prepared)),
        playing.work(),
        prepared.offline().work(),
        playing.seconds(),
        usage,
        struck.stream().map(ResultFacts::fault).toList(),
        ramp.map(RampWatch::steps).orElse(List.of()),
        scenario.thresholds(),
        checks(deployment, prepared, kept, struck));
  }

  private LoadRunner.Setting setting(Deployment deployment, LoadPreparation.Prepared prepared) {
    return new LoadRunner.Setting(
        URI.create(deployment.gateway().ready().api()),
        prepared.doors(),
        scenario.door().connections(),
        scenario.seed(),
        prepared.starts(),
        prepared.scenario().day().speed(),
        prepared.clocks(),
        scenario.door().patience());
  }

  private boolean seen(Measured.Second second) {
    progress.show(second);
    return ramp.isEmpty() || ramp.get().goesOn(second);
  }

  private Map<String, String> facts(LoadPreparation.Prepared prepared) {
    Map<String, String> facts = new HashMap<>();
    facts.put("business time runs", prepared.scenario().day().speed() + " times as fast");
    facts.put("classes", scenario.classesInAll() + " of " + scenario.door().people());
    facts.put("devices", String.valueOf(prepared.doors().devices().size()));
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
      LoadPreparation.Prepared prepared,
      Evidence kept,
      List<FaultRecord> struck)
      throws IOException {
    progress.note("checking every receipt against the journal 核对");
    List<Measured.Check> checks =
        new ArrayList<>(
            Checker.verdict(journal(deployment.gateway()), kept.since(), List.of(kept.history()))
                .checks()
                .stream()
                .map(ResultFacts::check)
                .toList());
    faultPlan.ifPresent(plan -> checks.add(ResultFacts.made(plan, struck)));
    deployment
        .downstream()
        .ifPresent(downstream -> checks.addAll(prepared.closings().delivered(downstream)));
    return checks;
  }
}
