package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

/**
 * Reads load scenarios: the schema checks each value, this class what holds between several of
 * them.
 */
final class LoadFile {
  /** As in the schema. */
  static final int PEOPLE_MAX = 300;

  private static final int DAY_MINUTES_MAX = 315;
  private static final int ARRIVALS_MAX = 20_000_000;

  private LoadFile() {}

  /** The file, member by member; what is absent and has no default is null. */
  private record Root(
      String name,
      String title,
      long seed,
      String region,
      LoadMembers load,
      Classes classes,
      Map<String, List<String>> thresholds) {}

  private record LoadMembers(
      int speed,
      LocalTime starts,
      int connections,
      Duration patience,
      List<PhaseMembers> arrivals,
      @Nullable Ramp ramp,
      @Nullable Duration warmUp,
      int rescans,
      @Nullable Bursts bursts,
      @Nullable Offline offline,
      @Nullable Platform platform,
      @Nullable Downstream downstream,
      @Nullable Duration collect) {}

  private record PhaseMembers(
      @JsonProperty("for") Duration lasts, @Nullable Double rate, double from, double to) {
    Phase phase() {
      return rate == null ? new Phase(lasts, from, to) : new Phase(lasts, rate, rate);
    }
  }

  private record Platform(long delayMillis, int percent) {}

  private record Downstream(Down down, int closings) {}

  private record Down(Duration at, @JsonProperty("for") Duration lasts) {}

  private record Classes(
      int count, int people, int devices, List<DeviceSuite> suites, Lessons lessons) {}

  private record Lessons(LocalTime first, int count, int minutes, Duration spread) {
    Duration all() {
      return Duration.ofMinutes((long) count * minutes);
    }
  }

  static LoadScenario read(ScenarioText text) throws ScenarioInvalid {
    Root root = text.as(Root.class);
    LoadMembers load = root.load();
    Classes classes = root.classes();
    Lessons lessons = classes.lessons();
    Arrivals arrivals = arrivals(load);
    LoadScenario scenario =
        new LoadScenario(
            root.name(),
            root.title(),
            root.seed(),
            root.region(),
            new Day(
                load.speed(),
                load.starts(),
                lessons.first(),
                lessons.count(),
                lessons.minutes(),
                lessons.spread()),
            new Door(
                classes.count(),
                classes.people(),
                classes.devices(),
                classes.suites(),
                load.connections(),
                load.patience()),
            arrivals,
            beside(load),
            Thresholds.read(
                root.thresholds(), (path, fault) -> text.fault(thresholdPointer(path), fault)));
    checkLessons(text, lessons);
    checkArrivals(text, arrivals);
    text.end();
    return scenario;
  }

  private static Arrivals arrivals(LoadMembers load) {
    Optional<Ramp> ramp = Optional.ofNullable(load.ramp());
    List<Phase> phases =
        ramp.map(LoadFile::phases)
            .orElseGet(() -> load.arrivals().stream().map(PhaseMembers::phase).toList());
    Duration warmUp =
        ramp.map(Ramp::warmUp).or(() -> Optional.ofNullable(load.warmUp())).orElse(Duration.ZERO);
    return new Arrivals(
        new Schedule(phases), warmUp, load.rescans(), Optional.ofNullable(load.bursts()), ramp);
  }

  private static List<Phase> phases(Ramp ramp) {
    List<Phase> phases = new ArrayList<>();
    if (!ramp.warmUp().isZero()) {
      phases.add(new Phase(ramp.warmUp(), ramp.from(), ramp.from()));
    }
    IntStream.range(0, ramp.steps())
        .mapToObj(number -> new Phase(ramp.hold(), ramp.rate(number), ramp.rate(number)))
        .forEach(phases::add);
    return phases;
  }

  private static Beside beside(LoadMembers load) {
    return new Beside(
        Optional.ofNullable(load.offline()),
        Optional.ofNullable(load.platform())
            .map(
                platform ->
                    new SlowPlatform(
                        Duration.ofMillis(platform.delayMillis()), platform.percent())),
        Optional.ofNullable(load.downstream())
            .map(
                downstream ->
                    new Outage(
                        downstream.down().at(), downstream.down().lasts(), downstream.closings())),
        Optional.ofNullable(load.collect()));
  }

  private static void checkLessons(ScenarioText text, Lessons lessons) {
    if (lessons.all().toMinutes() > DAY_MINUTES_MAX) {
      text.fault(
          "/classes/lessons/count",
          "times minutes must not be more than the " + DAY_MINUTES_MAX + " minutes of a day");
    }
    Duration last = Duration.ofSeconds(lessons.first().toSecondOfDay()).plus(lessons.spread());
    if (last.plus(lessons.all()).compareTo(Duration.ofDays(1)) > 0) {
      text.fault("/classes/lessons/spread", "must not leave the last class lessons after midnight");
    }
  }

  private static void checkArrivals(ScenarioText text, Arrivals arrivals) {
    arrivals
        .ramp()
        .filter(ramp -> ramp.to() < ramp.from())
        .ifPresent(ramp -> text.fault("/load/ramp/to", "must not be less than from"));
    if (arrivals.schedule().arrivals() > ARRIVALS_MAX) {
      text.fault("/load/arrivals", "must not be more than " + ARRIVALS_MAX + " in all");
    }
    if (arrivals.ramp().isEmpty()
        && arrivals.warmUp().compareTo(arrivals.schedule().lasts()) >= 0) {
      text.fault("/load/warmUp", "must be shorter than all arrivals");
    }
  }

  /** The JSON Pointer of {@code scan.delay[1]}. */
  private static String thresholdPointer(String path) {
    return "/thresholds/" + path.replaceFirst("\\[(\\d+)]$", "/$1");
  }
}
