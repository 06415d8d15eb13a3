package org.skillvoucher.simulator.load;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.load.LoadScenario.Arrivals;
import org.skillvoucher.simulator.load.LoadScenario.Beside;
import org.skillvoucher.simulator.load.LoadScenario.Bursts;
import org.skillvoucher.simulator.load.LoadScenario.Day;
import org.skillvoucher.simulator.load.LoadScenario.Door;
import org.skillvoucher.simulator.load.LoadScenario.Offline;
import org.skillvoucher.simulator.load.LoadScenario.Outage;
import org.skillvoucher.simulator.load.LoadScenario.Ramp;
import org.skillvoucher.simulator.load.LoadScenario.SlowPlatform;
import org.skillvoucher.simulator.load.Schedule.Phase;
import org.skillvoucher.simulator.report.Thresholds;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;
import org.skillvoucher.simulator.yaml.Section;

/** Reads scenario files that have a {@code load}. */
final class LoadFile {
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int RATE_MAX = 100_000;
  private static final int ARRIVALS_MAX = 20_000_000;

  /** More speed than this, and the clock's own steps would be as long as it may be off. */
  private static final int SPEED_MAX = 300;

  private static final int CLASSES_MAX = 5_000;
  static final int PEOPLE_MAX = 300;
  private static final int DEVICES_MAX = 50;
  private static final int CONNECTIONS_MAX = 5_000;
  private static final int LESSONS_MAX = 315;

  private static final Map<String, DeviceSuite> SUITES =
      Map.of("sm2", DeviceSuite.SM2, "ed25519", DeviceSuite.ED25519, "p256", DeviceSuite.P256);

  private LoadFile() {}

  static LoadScenario read(ScenarioText text) throws ScenarioInvalid {
    Section root = text.root();
    Section load = root.section("load");
    Section classes = root.section("classes");
    LoadScenario scenario =
        new LoadScenario(
            root.text("name"),
            root.text("title"),
            root.number("seed", 0, Long.MAX_VALUE, 1),
            region(root),
            day(load, classes.section("lessons")),
            door(load, classes),
            arrivals(load),
            beside(load),
            thresholds(root));
    classes.end();
    load.end();
    text.end();
    return scenario;
  }

  /** No division 99xxxx exists, so that no number can be anybody's. */
  private static String region(Section root) {
    String region = root.text("region", "990000");
    if (!region.matches("99\\d{4}")) {
      root.fault("region", "must be 99 and four digits, where nobody lives, and is " + region);
    }
    return region;
  }

  private static Day day(Section load, Section lessons) {
    int count = lessons.required("count", 1, LESSONS_MAX);
    int minutes = lessons.required("minutes", 1, 315);
    if ((long) count * minutes > 315) {
      lessons.fault("count", "times minutes is more than the 315 minutes a day may have");
    }
    LocalTime starts = timeOfDay(load, "starts", "08:00");
    LocalTime first = timeOfDay(lessons, "first", "08:30");
    Duration spread = lessons.time("spread", Duration.ZERO, Duration.ofHours(23), Duration.ZERO);
    if (spread.plus(Duration.ofMinutes((long) count * minutes)).compareTo(untilMidnight(first))
        > 0) {
      lessons.fault("spread", "leaves the last class lessons after midnight");
    }
    lessons.end();
    return new Day(load.integer("speed", 1, SPEED_MAX, 1), starts, first, count, minutes, spread);
  }

  private static Duration untilMidnight(LocalTime time) {
    return Duration.ofDays(1).minusSeconds(time.toSecondOfDay());
  }

  private static LocalTime timeOfDay(Section in, String name, String otherwise) {
    String text = in.text(name, otherwise);
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      in.fault(name, "must be a time such as \"08:30\", and is " + text);
      return LocalTime.parse(otherwise);
    }
  }

  private static Door door(Section load, Section classes) {
    List<DeviceSuite> suites = new ArrayList<>();
    for (String word : classes.words("suites")) {
      Optional.ofNullable(SUITES.get(word))
          .ifPresentOrElse(
              suites::add, () -> classes.fault("suites", "are sm2, ed25519 and p256, not " + word));
    }
    return new Door(
        classes.required("count", 1, CLASSES_MAX),
        classes.required("people", 1, PEOPLE_MAX),
        classes.integer("devices", 1, DEVICES_MAX, 1),
        suites.isEmpty() ? List.of(DeviceSuite.values()) : suites,
        load.integer("connections", 1, CONNECTIONS_MAX, 256),
        load.time("patience", Duration.ofMillis(100), Duration.ofHours(1), Duration.ofSeconds(10)));
  }

  private static Arrivals arrivals(Section load) {
    Optional<Ramp> ramp =
        load.has("ramp") ? Optional.of(ramp(load.section("ramp"))) : Optional.empty();
    List<Phase> phases = phases(load, ramp);
    Schedule schedule = new Schedule(phases);
    if (phases.isEmpty()) {
      load.fault("arrivals", "must be a list of at least one phase");
    } else if (schedule.arrivals() > ARRIVALS_MAX) {
      load.fault("arrivals", "are more than " + ARRIVALS_MAX);
    }
    Duration warmUp =
        ramp.map(Ramp::warmUp)
            .orElseGet(() -> load.time("warmUp", Duration.ZERO, LONGEST, Duration.ZERO));
    if (ramp.isEmpty() && warmUp.compareTo(schedule.lasts()) >= 0) {
      load.fault("warmUp", "must be shorter than all arrivals");
    }
    return new Arrivals(
        schedule,
        warmUp,
        load.integer("rescans", 0, 100, 0),
        load.has("bursts") ? Optional.of(bursts(load.section("bursts"))) : Optional.empty(),
        ramp);
  }

  private static List<Phase> phases(Section load, Optional<Ramp> ramp) {
    List<Section> written = load.sections("arrivals");
    if (ramp.isPresent()) {
      if (!written.isEmpty()) {
        load.fault("arrivals", "must not stand beside a ramp, which has its own");
      }
      Ramp steps = ramp.get();
      List<Phase> phases = new ArrayList<>();
      if (!steps.warmUp().isZero()) {
        phases.add(new Phase(steps.warmUp(), steps.from(), steps.from()));
      }
      IntStream.range(0, steps.steps())
          .mapToObj(number -> new Phase(steps.hold(), steps.rate(number), steps.rate(number)))
          .forEach(phases::add);
      return phases;
    }
    return written.stream().map(LoadFile::phase).toList();
  }

  private static Phase phase(Section in) {
    Duration lasts = in.requiredTime("for", Duration.ofSeconds(1), LONGEST);
    if (in.has("rate") == (in.has("from") || in.has("to"))) {
      in.fault("rate", "or from and to: one of both");
    }
    double steady = in.decimal("rate", 0, RATE_MAX, 0);
    Phase phase =
        new Phase(
            lasts, in.decimal("from", 0, RATE_MAX, steady), in.decimal("to", 0, RATE_MAX, steady));
    in.end();
    return phase;
  }

  private static Ramp ramp(Section in) {
    var ramp =
        new Ramp(
            in.time("warmUp", Duration.ZERO, LONGEST, Duration.ofSeconds(10)),
            in.decimal("from", 1, RATE_MAX, 100),
            in.decimal("step", 1, RATE_MAX, 100),
            in.decimal("to", 1, RATE_MAX, 1000),
            in.time("hold", Duration.ofSeconds(1), LONGEST, Duration.ofSeconds(5)),
            in.time("p99", MOMENT, LONGEST, Duration.ofMillis(500)),
            in.decimal("failedPercent", 0, 100, 1));
    if (ramp.to() < ramp.from()) {
      in.fault("to", "must not be less than from");
    }
    in.end();
    return ramp;
  }

  private static Bursts bursts(Section in) {
    var bursts =
        new Bursts(
            in.required("classes", 1, CLASSES_MAX),
            in.integer("people", 1, PEOPLE_MAX, 60),
            in.time("within", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMinutes(2)));
    in.end();
    return bursts;
  }

  private static Beside beside(Section load) {
    Beside beside =
        new Beside(
            load.has("offline") ? Optional.of(offline(load.section("offline"))) : Optional.empty(),
            load.has("platform") ? Optional.of(slow(load.section("platform"))) : Optional.empty(),
            load.has("downstream")
                ? Optional.of(outage(load.section("downstream")))
                : Optional.empty(),
            load.has("collect")
                ? Optional.of(load.requiredTime("collect", Duration.ofSeconds(5), LONGEST))
                : Optional.empty());
    return beside;
  }

  private static Offline offline(Section in) {
    var offline =
        new Offline(
            in.required("sites", 1, 200),
            in.integer("statements", 1, 2_000, 2_000),
            in.time("at", Duration.ZERO, LONGEST, Duration.ZERO));
    in.end();
    return offline;
  }

  private static SlowPlatform slow(Section in) {
    var slow =
        new SlowPlatform(
            Duration.ofMillis(in.required("delayMillis", 1, 60_000)),
            in.integer("percent", 1, 100, 100));
    in.end();
    return slow;
  }

  private static Outage outage(Section in) {
    Section down = in.section("down");
    var outage =
        new Outage(
            down.time("at", Duration.ZERO, LONGEST, Duration.ZERO),
            down.requiredTime("for", MOMENT, LONGEST),
            in.integer("closings", 0, 500, 20));
    down.end();
    in.end();
    return outage;
  }

  private static Thresholds thresholds(Section root) {
    Section in = root.section("thresholds");
    Map<String, List<String>> expressions = new LinkedHashMap<>();
    in.names().forEach(name -> expressions.put(name, in.words(name)));
    return Thresholds.read(expressions, (path, fault) -> in.fault(nameOf(path), fault));
  }

  /** The metric in {@code scan.delay[1]}. */
  private static String nameOf(String path) {
    int bracket = path.lastIndexOf('[');
    return bracket < 0 ? path : path.substring(0, bracket);
  }
}
