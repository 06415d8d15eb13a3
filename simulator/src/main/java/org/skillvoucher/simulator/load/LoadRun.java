package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.simulator.desk.ClassDesk;
import org.skillvoucher.simulator.desk.RulesFile;
import org.skillvoucher.simulator.device.Beacons;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.downstream.DownstreamSettings;
import org.skillvoucher.simulator.downstream.DownstreamStub;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.Crowd;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.gateway.Http;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.gateway.StoryEnds;
import org.skillvoucher.simulator.gateway.TemporaryFolder;
import org.skillvoucher.simulator.history.HistoryWriter;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.platform.PlatformSettings;
import org.skillvoucher.simulator.platform.PlatformStub;
import org.skillvoucher.simulator.report.Machine;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.MeasuredFile;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

/** One run of a load, on a gateway of its own or on one that runs already. */
public final class LoadRun {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

  private final LoadScenario scenario;
  private final LoadOptions options;
  private final Screen screen;
  private final long startedNanos = System.nanoTime();

  private LoadRun(LoadScenario scenario, LoadOptions options, Screen screen) {
    this.scenario = scenario;
    this.options = options;
    this.screen = screen;
  }

  /** Of a file, with another seed where one is given. */
  public static LoadRun of(
      ScenarioText text, Optional<Long> seed, LoadOptions options, Screen screen)
      throws ScenarioInvalid {
    LoadScenario scenario = LoadFile.read(text);
    return new LoadRun(seed.map(scenario::withSeed).orElse(scenario), options, screen);
  }

  /**
   * Returns the exit code.
   *
   * @throws ScenarioInvalid when there are not enough people for the arrivals
   */
  public int run() throws IOException, InterruptedException, ScenarioInvalid {
    LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), LoadScenario.ZONE);
    ClassRules rules = RulesFile.read(options.config(), scenario.region(), today);
    Instant starts =
        scenario.day().starts().atDate(today.plusDays(1)).atZone(LoadScenario.ZONE).toInstant();
    List<Lesson> lessons = Grounds.lessons(scenario, starts.plus(scenario.day().lead()));
    LoadPlan plan = LoadPlan.make(scenario, lessons, rules.attendance(), starts);
    if (plan.nobody() > 0) {
      throw new ScenarioInvalid(
          List.of(
              scenario.name()
                  + ": at "
                  + plan.nobody()
                  + " of "
                  + (plan.nobody() + plan.taps().size())
                  + " arrivals nobody could scan so that it counts; more classes, people, lessons"
                  + " or speed are needed"));
    }
    screen.title(scenario.name() + "  " + scenario.title() + "  (seed " + scenario.seed() + ")");
    Path folder = Files.createTempDirectory("vgw-load-");
    int exitCode = runIn(folder, plan.part(options.part()), lessons, rules, starts);
    if (exitCode == 0 || exitCode == 99) {
      TemporaryFolder.remove(folder);
    } else {
      System.err.println("the gateway's log: " + folder.resolve("gateway.log"));
    }
    return exitCode;
  }

  private int runIn(
      Path folder, LoadPlan plan, List<Lesson> lessons, ClassRules rules, Instant starts)
      throws IOException, InterruptedException {
    List<Card> people = Grounds.people(scenario);
    Secrets secrets = Secrets.fresh();
    try (PlatformStub platform =
            PlatformStub.start(
                new PlatformSettings(
                    0,
                    secrets.platformAccessKey(),
                    secrets.platformSecret(),
                    secrets.envelopeKey()),
                InstantSource.system(),
                people);
        DownstreamStub downstream =
            DownstreamStub.start(
                new DownstreamSettings(0, secrets.downstreamSecret()), InstantSource.system())) {
      Map<String, String> environment = new HashMap<>(secrets.environment());
      environment.put("VGW_PLATFORM_URL", platform.url());
      environment.put("VGW_DOWNSTREAM_URL", downstream.url());
      note("starting a gateway of its own");
      GatewayProcess process =
          GatewayProcess.start(
              new GatewayProcess.Start(options.gatewayCommand(), false), environment, folder);
      Runtime.getRuntime().addShutdownHook(new Thread(process::close, "on-signal"));
      try (process;
          Http http = new Http(Thread::sleep, ANSWER_MAX)) {
        ReadyFile ready = process.awaitReady(() -> {});
        Gateway gateway = new Gateway(http, ready, "load-" + Secrets.hex(new SecureRandom(), 6));
        return play(gateway, plan, people, lessons, rules, starts, folder);
      }
    } catch (GatewayProcess.Ended e) {
      System.err.println(e.getMessage());
      return e.exitCode() == 2 ? 2 : 1;
    } catch (CannotConnect e) {
      System.err.println(e.getMessage());
      return 3;
    } catch (StoryEnds e) {
      screen.failed(
          "the load ends here", "an answer to go on with", String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private int play(
      Gateway gateway,
      LoadPlan plan,
      List<Card> people,
      List<Lesson> lessons,
      ClassRules rules,
      Instant starts,
      Path folder)
      throws IOException, InterruptedException {
    DevClock clock = new DevClock(gateway.http(), gateway.ready().management());
    ObjectNode filing =
        (ObjectNode)
            Json.read(
                Files.readAllBytes(options.config().resolve("sample").resolve("filing.json")));
    Grounds grounds = new Grounds(gateway, scenario, filing, options.part());
    note("enrolling " + grounds.deviceCount() + " devices");
    List<DeviceDesk.Enrolled> devices = grounds.devices();
    note("filing " + grounds.classNumbers().size() + " classes of " + scenario.door().people());
    List<ClassDesk.Opened> opened = grounds.classes(people, lessons, clock.now());
    clock.advanceTo(starts);
    Crowd.together(
        devices,
        enrolled -> {
          Beacons.hear(gateway, enrolled.device(), enrolled.token());
          return enrolled;
        });
    Playing playing = new Playing(plan, scenario.arrivals().schedule().lasts());
    note("playing " + plan.taps().size() + " arrivals in " + playing.lasts().toSeconds() + " s");
    Path history = options.history().orElse(folder).resolve("history.jsonl");
    Instant began = InstantSource.system().instant();
    try (HistoryWriter writer = HistoryWriter.begin(history)) {
      Playing.Setting setting =
          new Playing.Setting(
              URI.create(gateway.ready().api()),
              new Engine.Doors(
                  classrooms(grounds, opened, people, lessons, rules),
                  devices,
                  scenario.door().devices()),
              scenario.door().connections(),
              scenario.seed(),
              starts,
              scenario.day().speed(),
              List.of(clock),
              scenario.door().patience(),
              writer::put,
              sentNanos -> {});
      boolean settled = playing.play(setting, this::show);
      if (!settled) {
        note("not everything could be settled");
      }
    }
    Measured measured =
        new Measured(
            new Measured.Run(
                scenario.name(),
                scenario.seed(),
                "own",
                began,
                playing.lasts().toMillis() / 1000.0,
                1,
                Machine.here(),
                Map.of("speed", String.valueOf(scenario.day().speed()))),
            playing.work(),
            Measured.Work.none(),
            playing.seconds(),
            List.of(),
            List.of(),
            List.of(),
            scenario.thresholds(),
            List.of());
    tell(measured);
    if (options.json().isPresent()) {
      MeasuredFile.write(measured, options.json().get());
    }
    return measured.outcome().exitCode();
  }

  private Map<Integer, Chain.Classroom> classrooms(
      Grounds grounds,
      List<ClassDesk.Opened> opened,
      List<Card> people,
      List<Lesson> lessons,
      ClassRules rules) {
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

  private void show(Measured.Second second) {
    if (second.at() % 5 == 4) {
      note(
          String.format(
              Locale.ROOT,
              "due %d  sent %d  accepted %d  p50 %.0f ms  p99 %.0f ms  backlog %d  %s",
              second.planned(),
              second.sent(),
              second.accepted(),
              second.delays().millisAt(50),
              second.delays().millisAt(99),
              second.backlog(),
              second.errors()));
    }
  }

  private void tell(Measured measured) {
    Measured.Work scans = measured.scans();
    screen.line(
        String.format(
            Locale.ROOT,
            "planned %d  sent %d  answered %d  accepted %d  repeated %d  failed %d  late %d  dropped"
                + " %d",
            scans.planned(),
            scans.sent(),
            scans.answered(),
            scans.accepted(),
            scans.repeated(),
            scans.failed(),
            scans.late(),
            scans.dropped()));
    screen.line(
        String.format(
            Locale.ROOT,
            "delay p50 %.1f ms  p99 %.1f ms  max %.1f ms",
            scans.delays().millisAt(50),
            scans.delays().millisAt(99),
            scans.delays().millisAt(100)));
    screen.line("errors " + scans.errors());
    measured
        .judgements()
        .forEach(
            judgement ->
                screen.line(
                    (judgement.met() ? "met    " : "missed ")
                        + judgement.metric()
                        + " "
                        + judgement.expression()
                        + "  "
                        + judgement.measured()));
    screen.line(measured.outcome().toString());
  }

  private void note(String text) {
    System.err.println(
        String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - startedNanos) / 1e9, text));
  }
}
