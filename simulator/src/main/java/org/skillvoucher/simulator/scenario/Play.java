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
import org.skillvoucher.simulator.device.Beacons;
import org.skillvoucher.simulator.gateway.Answer;
import org.skillvoucher.simulator.gateway.Call;
import org.skillvoucher.simulator.gateway.Crowd;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.scenario.Ground.Played;
import org.skillvoucher.simulator.scenario.Plan.Chain;
import org.skillvoucher.simulator.scenario.Plan.Fate;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.scenario.Said.GapReport;
import org.skillvoucher.simulator.scenario.Scenario.Deed;
import org.skillvoucher.simulator.scenario.Scenario.Step;
import org.skillvoucher.simulator.wire.Json;

/** The schedule, step by step, and the closing of the classes. */
final class Play {
  private final Ground ground;
  private final List<Kiosk> kiosks;
  private final List<Played> classes;
  private final DoorScans door;
  private final Uploads uploads;
  private final Deque<Tap> toBeStated;
  private final List<GapReport> gaps = new ArrayList<>();
  private boolean found;
  private int occasion;

  Play(Ground ground, List<Kiosk> kiosks, List<Played> classes) {
    this.ground = ground;
    this.kiosks = kiosks;
    this.classes = classes;
    door = new DoorScans(ground, kiosks, classes);
    uploads = new Uploads(ground);
    toBeStated =
        new ArrayDeque<>(ground.plan().taps().stream().filter(tap -> !tap.online()).toList());
  }

  Uploads uploads() {
    return uploads;
  }

  /** Every report of gaps there was to be. */
  List<GapReport> gaps() {
    return List.copyOf(gaps);
  }

  void all() {
    for (Step step : ground.plan().scenario().schedule()) {
      Instant at = step.at().on(ground.plan().dayOne());
      stateUntil(at);
      ground.notes().note("day " + step.at().day() + " " + step.at().time() + "  " + words(step));
      ground.clock().advanceTo(at);
      deed(step.deed());
    }
  }

  private static String words(Step step) {
    return switch (step.deed()) {
      case Deed.Beacons beacons -> "time beacons 时间信标, and the line goes";
      case Deed.Scan scan -> "scans at the door 签到 " + scan.lesson() + " " + scan.act().code();
      case Deed.Upload upload -> "uploads 离线批次";
      case Deed.Fill fill -> "withheld statements are found 补传";
      case Deed.Waive waive -> "gaps are given up 放弃等待";
      case Deed.Resend resend -> "everything once more 重传";
    };
  }

  private void deed(Deed deed) {
    switch (deed) {
      case Deed.Beacons beacons -> hearBeacons();
      case Deed.Scan scan -> scan(scan);
      case Deed.Upload(var copies) -> {
        silencePlatform();
        upload(copies);
        gaps.add(told("at upload", Set.of(Fate.FOUND_LATER, Fate.LOST)));
      }
      case Deed.Fill fill -> {
        found = true;
        upload(1);
        gaps.add(told("when filled", Set.of(Fate.LOST)));
      }
      case Deed.Waive waive -> waive();
      case Deed.Resend(var copies) -> uploads.again(kiosks, this::present, copies);
    }
  }

  /** Each device by itself, in the order of its taps. */
  private void stateUntil(Instant at) {
    Map<Integer, List<Tap>> byDevice = new TreeMap<>();
    while (!toBeStated.isEmpty() && toBeStated.getFirst().at().isBefore(at)) {
      Tap tap = toBeStated.removeFirst();
      byDevice.computeIfAbsent(tap.device(), device -> new ArrayList<>()).add(tap);
    }
    Crowd.together(
        List.copyOf(byDevice.values()),
        taps -> {
          taps.forEach(door::state);
          return taps.size();
        });
  }

  private void hearBeacons() {
    Crowd.together(
        kiosks,
        kiosk -> {
          Beacons.hear(ground.gateway(), kiosk.device(), kiosk.token());
          return kiosk;
        });
  }

  private void scan(Deed.Scan scan) {
    List<Tap> taps =
        ground.plan().taps().stream()
            .filter(Tap::online)
            .filter(tap -> tap.act() == scan.act())
            .filter(tap -> ground.plan().lesson(tap).id().value().equals(scan.lesson()))
            .toList();
    door.scan(taps, scan);
  }

  private void silencePlatform() {
    int calls = ground.plan().scenario().faults().silentCalls();
    if (calls > 0) {
      Gateway.must(
          "ordering a fault",
          ground
              .gateway()
              .http()
              .send(
                  Call.post(
                      ground.platform() + "/control/faults",
                      Json.object()
                          .put("operation", "verifyCard")
                          .put("mode", "503")
                          .put("times", calls))));
    }
  }

  private boolean present(Tap tap) {
    return switch (tap.fate()) {
      case SENT -> true;
      case FOUND_LATER -> found;
      case LOST -> false;
    };
  }

  private void upload(int copies) {
    uploads.all(kiosks, this::present, copies, occasion);
    occasion++;
  }

  /** What the answers tell of gaps, beside what they should tell. */
  private GapReport told(String when, Set<Fate> missing) {
    TreeMap<String, Long> told = new TreeMap<>();
    for (Kiosk kiosk : kiosks) {
      for (Tap tap : kiosk.made()) {
        Ledger.Entry entry = ground.ledger().of(tap);
        if (entry.last().equals("gap")) {
          told.put(name(tap.chain()), entry.expected());
        }
      }
    }
    return new GapReport(when, counters(missing), told);
  }

  /** By device and class, the first counter that is missing. */
  private SortedMap<String, Long> counters(Set<Fate> missing) {
    SortedMap<String, Long> counters = new TreeMap<>();
    new Truth(ground.plan())
        .gaps(missing)
        .forEach(
            (chain, tap) ->
                ground
                    .ledger()
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

  /** The class will not close over a gap, and says whose it is; then the authority gives it up. */
  private void waive() {
    Set<Chain> open = new Truth(ground.plan()).gaps(Set.of(Fate.LOST)).keySet();
    TreeMap<String, Long> should = new TreeMap<>();
    TreeMap<String, Long> told = new TreeMap<>();
    Set<String> classIds = new TreeSet<>();
    for (Chain chain : open) {
      should.put(name(chain), 1L);
      classIds.add(idOf(chain));
    }
    for (String id : classIds) {
      Answer refused = close(id);
      for (JsonNode device : refused.json().path("devices")) {
        told.put(device.asText() + " in " + id, 1L);
      }
    }
    gaps.add(new GapReport("by the class at closing", should, told));
    for (Chain chain : open) {
      ground
          .gateway()
          .act(
              Role.ISSUING_AUTHORITY,
              "/v1/classes/" + idOf(chain) + "/gap-waivers",
              Json.object()
                  .put("device", kiosks.get(chain.device()).device().name())
                  .put("reason", "设备存储损坏，声明无法恢复"));
    }
    upload(1);
    gaps.add(told("when given up", Set.of()));
  }

  private Answer close(String id) {
    return ground.gateway().post(Role.INSTITUTION, "/v1/classes/" + id + "/closing", Json.object());
  }

  /** All classes close, once nobody can scan any more. */
  void closeAll() {
    Lesson last =
        ground.plan().lessons().stream().max(Comparator.comparing(Lesson::endsAt)).orElseThrow();
    Instant over = Windows.signOut(last, ground.plan().rules()).closesAt();
    ground.clock().advanceTo(over.plus(Duration.ofMinutes(1)));
    Crowd.together(classes, played -> Gateway.must("closing", close(played.id())));
  }

  /** The flags (预警) about missing statements which stand in the end: those of lost ones. */
  void checkFlags(Inspection inspection) {
    SortedMap<String, Long> should = counters(Set.of(Fate.LOST));
    SortedMap<String, Long> told = inspection.gapFlags(should);
    gaps.add(new GapReport("by open flags 预警", should, told));
  }
}
