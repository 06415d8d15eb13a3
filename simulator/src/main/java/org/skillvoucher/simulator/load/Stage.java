package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.Faults;
import org.skillvoucher.simulator.checker.Checker;
import org.skillvoucher.simulator.checker.JournalExport;
import org.skillvoucher.simulator.checker.Verdict;
import org.skillvoucher.simulator.desk.ClassDesk;
import org.skillvoucher.simulator.device.Beacons;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.gateway.Crowd;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.history.HistoryWriter;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Machine;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.UsageSampler;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** Prepares a deployment for a load, plays it, has it checked, and says what was measured. */
final class Stage {
  private final LoadScenario scenario;
  private final LoadOptions options;
  private final ClassRules rules;
  private final Optional<FaultPlan> faultPlan;
  private final Duration least;
  private final LiveLine line;

  /**
   * For one run.
   *
   * @param least so long people come, and then until all faults were made
   */
  Stage(
      LoadScenario scenario,
      LoadOptions options,
      ClassRules rules,
      Optional<FaultPlan> faultPlan,
      Duration least,
      LiveLine line) {
    this.scenario = scenario;
    this.options = options;
    this.rules = rules;
    this.faultPlan = faultPlan;
    this.least = least;
    this.line = line;
  }

  /**
   * What a load is about to be played on.
   *
   * @param scenario as it is played here: where the clock cannot be moved, at its own speed
   * @param starts business time at the beginning; empty: whenever all is ready
   * @param clock which is moved
   */
  private record Timing(
      LoadScenario scenario, Instant first, Optional<Instant> starts, List<DevClock> clock) {}

  /** Everything on file. */
  private record Ready(List<DeviceDesk.Enrolled> devices, List<ClassDesk.Opened> classes) {}

  /**
   * Whether the people suffice, before anything is started.
   *
   * @throws ScenarioInvalid when they do not
   */
  void checkPeople(LocalDate day) throws ScenarioInvalid {
    Instant starts = starts(day);
    LoadPlan plan =
        LoadPlan.make(
            scenario,
            Grounds.lessons(scenario, starts.plus(scenario.day().lead())),
            rules.attendance(),
            starts);
    if (plan.nobody() > 0) {
      throw new ScenarioInvalid(
          List.of(
              scenario.name()
                  + ": at "
                  + plan.nobody()
                  + " of "
                  + scenario.arrivals().schedule().arrivals()
                  + " arrivals nobody could scan so that it counts; more classes, people, lessons"
                  + " or speed are needed"));
    }
  }

  private Instant starts(LocalDate day) {
    return scenario.day().starts().atDate(day).atZone(LoadScenario.ZONE).toInstant();
  }

  /**
   * Does all of it.
   *
   * @param kept where the history is written
   */
  Measured measure(Deployment deployment, Path kept) throws IOException, InterruptedException {
    Timing timing = timing(deployment);
    List<Lesson> lessons = Grounds.lessons(timing.scenario(), timing.first());
    List<Card> people = Grounds.people(scenario);
    ObjectNode filing =
        (ObjectNode)
            Json.read(
                Files.readAllBytes(options.config().resolve("sample").resolve("filing.json")));
    Grounds grounds = new Grounds(deployment.gateway(), scenario, filing, options.part());
    Ready ready = prepare(deployment, grounds, people, lessons);
    if (timing.starts().isPresent()) {
      timing.clock().forEach(clock -> clock.advanceTo(timing.starts().get()));
    }
    hearBeacons(deployment.gateway(), ready.devices());
    Instant starts = timing.starts().orElseGet(() -> now(deployment));
    LoadPlan plan =
        LoadPlan.make(timing.scenario(), lessons, rules.attendance(), starts).part(options.part());
    Playing playing = new Playing(plan, least, scenario.arrivals().schedule().lasts());
    line.note(
        "playing "
            + plan.taps().size()
            + " arrivals in "
            + scenario.arrivals().schedule().lasts().toSeconds()
            + " s");
    Files.createDirectories(kept);
    Path history = kept.resolve("history-" + options.part().number() + ".jsonl");
    Playing.Setting setting =
        new Playing.Setting(
            URI.create(deployment.gateway().ready().api()),
            new Engine.Doors(
                classrooms(grounds, ready.classes(), people, lessons),
                ready.devices(),
                scenario.door().devices()),
            scenario.door().connections(),
            scenario.seed(),
            starts,
            timing.scenario().day().speed(),
            timing.clock(),
            scenario.door().patience());
    return measure(deployment, playing, setting, history);
  }

  private Measured measure(
      Deployment deployment, Playing playing, Playing.Setting setting, Path history)
      throws IOException, InterruptedException {
    Instant began = LoadRun.now();
    List<Measured.Usage> usage;
    List<Measured.Fault> faultsMade;
    boolean settled;
    try (HistoryWriter writer = HistoryWriter.begin(history);
        Faults faults = faultPlan.map(deployment::faults).orElseGet(Faults::none);
        UsageSampler sampler = UsageSampler.start(deployment.sources(), System.nanoTime())) {
      settled = playing.play(setting, new Playing.Witnesses(writer::put, faults, line::show));
      usage = sampler.taken();
      faultsMade = faults.events().stream().map(Results::fault).toList();
    }
    line.end();
    if (!settled) {
      line.note("not everything could be settled");
    }
    return new Measured(
        new Measured.Run(
            scenario.name(),
            scenario.seed(),
            deployment.name(),
            began,
            playing.played().toMillis() / 1000.0,
            1,
            List.of(Machine.here()),
            Map.of("speed", String.valueOf(setting.speed()))),
        playing.work(),
        Measured.Work.none(),
        playing.seconds(),
        usage,
        faultsMade,
        List.of(),
        scenario.thresholds(),
        check(deployment, history));
  }

  private Timing timing(Deployment deployment) {
    Optional<DevClock> movable = deployment.clock().filter(clock -> options.part().of() == 1);
    if (movable.isPresent()) {
      LocalDate day = LocalDate.ofInstant(movable.get().now(), LoadScenario.ZONE).plusDays(1);
      Instant starts = starts(day);
      return new Timing(
          scenario,
          starts.plus(scenario.day().lead()),
          Optional.of(starts),
          List.of(movable.get()));
    }
    return new Timing(scenario.atOwnSpeed(), now(deployment), Optional.empty(), List.of());
  }

  private static Instant now(Deployment deployment) {
    return deployment.clock().map(DevClock::now).orElseGet(LoadRun::now);
  }

  private Ready prepare(
      Deployment deployment, Grounds grounds, List<Card> people, List<Lesson> lessons) {
    line.note("enrolling " + grounds.deviceCount() + " devices 设备");
    List<DeviceDesk.Enrolled> devices = grounds.devices();
    line.note(
        "filing "
            + grounds.classNumbers().size()
            + " classes of "
            + scenario.door().people()
            + " 班级");
    return new Ready(devices, grounds.classes(people, lessons, now(deployment)));
  }

  private static void hearBeacons(Gateway gateway, List<DeviceDesk.Enrolled> devices) {
    Crowd.together(
        devices,
        enrolled -> {
          Beacons.hear(gateway, enrolled.device(), enrolled.token());
          return enrolled;
        });
  }

  private Map<Integer, Chain.Classroom> classrooms(
      Grounds grounds, List<ClassDesk.Opened> opened, List<Card> people, List<Lesson> lessons) {
    Map<Integer, Chain.Classroom> classrooms = new HashMap<>();
    List<Integer> numbers = grounds.classNumbers();
    long apart = rules.fieldRules().tapIntervalMillisMin();
    for (int i = 0; i < numbers.size(); i++) {
      String id = opened.get(i).id();
      int first = numbers.get(i) * scenario.door().people();
      classrooms.put(
          numbers.get(i),
          new Chain.Classroom(
              id,
              (tap, at, salt) ->
                  new Device.Tap(
                      id,
                      lessons.get(tap.lesson()).id().value(),
                      tap.act(),
                      Presented.card(people.get(first + tap.person()), salt),
                      at),
              apart));
    }
    return classrooms;
  }

  private List<Measured.Check> check(Deployment deployment, Path history) throws IOException {
    line.note("checking every receipt against the journal 核对");
    Gateway gateway = deployment.gateway();
    Verdict verdict =
        Checker.verdict(
            new JournalExport(
                gateway.http(),
                gateway.ready().api(),
                Objects.requireNonNull(gateway.ready().tokens().get(Role.AUDITOR))),
            List.of(history));
    return verdict.checks().stream().map(Results::check).toList();
  }
}
