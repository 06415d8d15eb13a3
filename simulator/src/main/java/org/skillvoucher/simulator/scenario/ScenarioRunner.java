package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.simulator.device.BeaconReceiver;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.scenario.GatewayState.GapReport;
import org.skillvoucher.simulator.scenario.Plan.Chain;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.scenario.Scenario.Step;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.wire.Json;

/** The schedule, step by step, and the closing of the classes. */
final class ScenarioRunner {
  private final ScenarioEnvironment environment;
  private final List<Kiosk> kiosks;
  private final List<ClassOnFile> classes;
  private final DoorScans door;
  private final Uploads uploads;
  private final Deque<Tap> toBeStated;
  private final List<GapReport> gaps = new ArrayList<>();
  private boolean found;
  private int occasion;

  ScenarioRunner(ScenarioEnvironment environment, List<Kiosk> kiosks, List<ClassOnFile> classes) {
    this.environment = environment;
    this.kiosks = kiosks;
    this.classes = classes;
    door = new DoorScans(environment, kiosks, classes);
    uploads = new Uploads(environment);
    toBeStated =
        new ArrayDeque<>(environment.plan().taps().stream().filter(tap -> !tap.online()).toList());
  }

  Uploads uploads() {
    return uploads;
  }

  /** Every report of gaps there was to be. */
  List<GapReport> gaps() {
    return List.copyOf(gaps);
  }

  void all() {
    for (Step step : environment.plan().scenario().schedule()) {
      Instant at = step.at().on(environment.plan().dayOne());
      stateUntil(at);
      environment
          .notes()
          .note("day " + step.at().day() + " " + step.at().time() + "  " + words(step));
      environment.clock().advanceTo(at);
      perform(step.action());
    }
  }

  private static String words(Step step) {
    return switch (step.action()) {
      case Action.Beacons beacons -> "time beacons 时间信标, and the line goes";
      case Action.Scan scan -> "scans at the door 签到 " + scan.lesson() + " " + scan.act().code();
      case Action.Upload upload -> "uploads 离线批次";
      case Action.Fill fill -> "withheld statements are found 补传";
      case Action.Waive waive -> "gaps are given up 放弃等待";
      case Action.Resend resend -> "everything once more 重传";
    };
  }

  private void perform(Action action) {
    switch (action) {
      case Action.Beacons beacons -> receiveBeacons();
      case Action.Scan scan -> scan(scan);
      case Action.Upload(var copies) -> {
        silencePlatform();
        upload(copies);
        gaps.add(gapReport("at upload", Set.of(Delivery.FOUND_LATER, Delivery.LOST)));
      }
      case Action.Fill fill -> {
        found = true;
        upload(1);
        gaps.add(gapReport("when filled", Set.of(Delivery.LOST)));
      }
      case Action.Waive waive -> waive();
      case Action.Resend(var copies) -> uploads.again(kiosks, this::present, copies);
    }
  }

  /** Each device by itself, in the order of its taps. */
  private void stateUntil(Instant at) {
    Map<Integer, List<Tap>> byDevice = new TreeMap<>();
    while (!toBeStated.isEmpty() && toBeStated.getFirst().at().isBefore(at)) {
      Tap tap = toBeStated.removeFirst();
      byDevice.computeIfAbsent(tap.device(), device -> new ArrayList<>()).add(tap);
    }
    ConcurrentCalls.together(
        List.copyOf(byDevice.values()),
        taps -> {
          taps.forEach(door::state);
          return taps.size();
        });
  }

  private void receiveBeacons() {
    ConcurrentCalls.together(
        kiosks,
        kiosk -> {
          BeaconReceiver.receive(environment.gateway(), kiosk.device(), kiosk.token());
          return kiosk;
        });
  }

  private void scan(Action.Scan scan) {
    List<Tap> taps =
        environment.plan().taps().stream()
            .filter(Tap::online)
            .filter(tap -> tap.act() == scan.act())
            .filter(tap -> environment.plan().lesson(tap).id().value().equals(scan.lesson()))
            .toList();
    door.scan(taps, scan);
  }

  private void silencePlatform() {
    int calls = environment.plan().scenario().faults().silentCalls();
    if (calls > 0) {
      GatewayClient.must(
          "ordering a fault",
          environment
              .gateway()
              .http()
              .send(
                  HttpCall.post(
                      environment.platform() + "/control/faults",
                      Json.object()
                          .put("operation", "verifyCard")
                          .put("mode", "503")
                          .put("times", calls))));
    }
  }

  private boolean present(Tap tap) {
    return switch (tap.delivery()) {
      case SENT -> true;
      case FOUND_LATER -> found;
      case LOST -> false;
    };
  }

  private void upload(int copies) {
    uploads.all(kiosks, this::present, copies, occasion);
    occasion++;
  }

  /** The gaps that the answers report, with the expected ones. */
  private GapReport gapReport(String when, Set<Delivery> missing) {
    TreeMap<String, Long> reported = new TreeMap<>();
    for (Kiosk kiosk : kiosks) {
      for (Tap tap : kiosk.made()) {
        AnswerLog.Entry entry = environment.answers().of(tap);
        if (entry.last().equals("gap")) {
          reported.put(name(tap.chain()), entry.expected());
        }
      }
    }
    return new GapReport(when, counters(missing), reported);
  }

  /** By device and class, the first counter that is missing. */
  private SortedMap<String, Long> counters(Set<Delivery> missing) {
    SortedMap<String, Long> counters = new TreeMap<>();
    new ExpectedOutcome(environment.plan())
        .gaps(missing)
        .forEach(
            (chain, tap) ->
                environment
                    .answers()
                    .of(tap)
                    .statement()
                    .ifPresent(first -> counters.put(name(chain), first.counter())));
    return counters;
  }

  private String name(Chain chain) {
    return kiosks.get(chain.device()).device().name() + " in " + idOf(chain);
  }

  private String idOf(Chain chain) {
    return classes.get(chain.classNumber()).id();
  }

  /**
   * A class with a gap refuses to close and names the devices; then the authority waives the gap.
   */
  private void waive() {
    Set<Chain> open = new ExpectedOutcome(environment.plan()).gaps(Set.of(Delivery.LOST)).keySet();
    TreeMap<String, Long> expected = new TreeMap<>();
    TreeMap<String, Long> reported = new TreeMap<>();
    Set<String> classIds = new TreeSet<>();
    for (Chain chain : open) {
      expected.put(name(chain), 1L);
      classIds.add(idOf(chain));
    }
    for (String id : classIds) {
      HttpAnswer refused = close(id);
      for (JsonNode device : refused.json().path("devices")) {
        reported.put(device.asText() + " in " + id, 1L);
      }
    }
    gaps.add(new GapReport("by the class at closing", expected, reported));
    for (Chain chain : open) {
      environment
          .gateway()
          .act(
              Role.ISSUING_AUTHORITY,
              "/v1/classes/" + idOf(chain) + "/gap-waivers",
              Json.object()
                  .put("device", kiosks.get(chain.device()).device().name())
                  .put("reason", "设备存储损坏，声明无法恢复"));
    }
    upload(1);
    gaps.add(gapReport("when given up", Set.of()));
  }

  private HttpAnswer close(String id) {
    return environment
        .gateway()
        .post(Role.INSTITUTION, "/v1/classes/" + id + "/closing", Json.object());
  }

  /** All classes close, once nobody can scan any more. */
  void closeAll() {
    Lesson last =
        environment.plan().lessons().stream()
            .max(Comparator.comparing(Lesson::endsAt))
            .orElseThrow();
    Instant over = Windows.signOut(last, environment.plan().rules()).closesAt();
    environment.clock().advanceTo(over.plus(Duration.ofMinutes(1)));
    ConcurrentCalls.together(classes, played -> GatewayClient.must("closing", close(played.id())));
  }

  /** The flags (预警) about missing statements that are open at the end: those of lost ones. */
  void checkFlags(GatewayInspection inspection) {
    SortedMap<String, Long> expected = counters(Set.of(Delivery.LOST));
    SortedMap<String, Long> reported = inspection.gapFlags(expected);
    gaps.add(new GapReport("by open flags 预警", expected, reported));
  }
}
