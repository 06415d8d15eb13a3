package org.skillvoucher.simulator.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.scenario.Scenario.LessonPlan;
import org.skillvoucher.simulator.scenario.Scenario.Moment;
import org.skillvoucher.simulator.scenario.Scenario.Span;
import org.skillvoucher.simulator.scenario.Scenario.Step;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;
import org.skillvoucher.simulator.yaml.Section;

/** Reads scenario files; every fault is told with its line and path, all at once. */
final class ScenarioFile {
  private static final int STATEMENTS_MAX = 200_000;
  private static final int BATCH_MAX = 2_000;
  private static final Pattern MOMENT = Pattern.compile("day (\\d{1,2}) (\\d{2}:\\d{2})");
  private static final Map<String, DeviceSuite> SUITES =
      Map.of("sm2", DeviceSuite.SM2, "ed25519", DeviceSuite.ED25519, "p256", DeviceSuite.P256);
  private static final Map<String, LessonKind> KINDS =
      Map.of("theory", LessonKind.THEORY, "practice", LessonKind.PRACTICE);
  private static final Map<String, Act> ACTS = Map.of("in", Act.IN, "out", Act.OUT);
  private static final Map<String, Verb> VERBS =
      Map.of(
          "beacons", Verb.BEACONS,
          "scan", Verb.SCAN,
          "upload", Verb.UPLOAD,
          "fill", Verb.FILL,
          "waive", Verb.WAIVE,
          "resend", Verb.RESEND);

  private enum Verb {
    BEACONS,
    SCAN,
    UPLOAD,
    FILL,
    WAIVE,
    RESEND
  }

  private ScenarioFile() {}

  /** Reads what is a scenario with a schedule. */
  static Scenario read(ScenarioText text) throws ScenarioInvalid {
    Scenario scenario = scenario(text.root());
    text.end();
    return scenario;
  }

  private static Scenario scenario(Section root) {
    Scenario scenario =
        new Scenario(
            root.text("name"),
            root.text("title"),
            root.number("seed", 0, Long.MAX_VALUE, 1),
            region(root),
            sites(root.section("sites")),
            classes(root.section("classes")),
            habits(root.section("habits")),
            root.integer("statements", 0, STATEMENTS_MAX, 0),
            root.sections("schedule").stream()
                .map(ScenarioFile::step)
                .flatMap(Optional::stream)
                .toList(),
            faults(root.section("faults")));
    check(root, scenario);
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

  private static Scenario.Sites sites(Section in) {
    List<DeviceSuite> suites = new ArrayList<>();
    for (String word : in.words("suites")) {
      Optional.ofNullable(SUITES.get(word))
          .ifPresentOrElse(
              suites::add, () -> in.fault("suites", "are sm2, ed25519 and p256, not " + word));
    }
    var sites =
        new Scenario.Sites(
            in.required("count", 1, 50),
            in.required("devices", 1, 50),
            suites.isEmpty() ? List.of(DeviceSuite.values()) : suites);
    in.end();
    return sites;
  }

  private static Scenario.Classes classes(Section in) {
    List<LessonPlan> lessons =
        in.sections("lessons").stream()
            .map(ScenarioFile::lesson)
            .flatMap(Optional::stream)
            .toList();
    if (lessons.isEmpty()) {
      in.fault("lessons", "must be a list of at least one");
    }
    Set<String> ids = new HashSet<>();
    for (LessonPlan lesson : lessons) {
      if (!ids.add(lesson.id())) {
        in.fault("lessons", "has " + lesson.id() + " twice");
      }
    }
    var classes =
        new Scenario.Classes(
            in.required("count", 1, 200),
            in.required("people", 1, 300),
            in.integer("devices", 1, 10, 1),
            lessons);
    in.end();
    return classes;
  }

  private static Optional<LessonPlan> lesson(Section in) {
    String id = in.text("id");
    Optional<LessonKind> kind = in.oneOf("kind", KINDS);
    int day = in.required("day", 1, 30);
    Optional<LocalTime> from = time(in, "from");
    Optional<LocalTime> to = time(in, "to");
    in.end();
    if (kind.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!to.get().isAfter(from.get())) {
      in.fault("to", "must be after from");
      return Optional.empty();
    }
    return Optional.of(
        new LessonPlan(id, kind.get(), new Moment(day, from.get()), new Moment(day, to.get())));
  }

  private static Optional<LocalTime> time(Section in, String name) {
    String text = in.text(name);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(text));
    } catch (DateTimeException e) {
      in.fault(name, "must be a time such as \"08:30\", and is " + text);
      return Optional.empty();
    }
  }

  private static Scenario.Habits habits(Section in) {
    var habits =
        new Scenario.Habits(
            in.integer("absent", 0, 100, 0),
            in.integer("late", 0, 100, 0),
            in.integer("noSignOut", 0, 100, 0),
            in.integer("secondTap", 0, 100, 0));
    in.end();
    return habits;
  }

  private static Optional<Step> step(Section in) {
    Optional<Moment> at = moment(in);
    Optional<Action> deed = in.oneOf("do", VERBS).flatMap(verb -> action(verb, in));
    in.end();
    return at.flatMap(moment -> deed.map(what -> new Step(moment, what)));
  }

  private static Optional<Moment> moment(Section in) {
    String text = in.text("at");
    Matcher matcher = MOMENT.matcher(text);
    try {
      if (matcher.matches()) {
        return Optional.of(
            new Moment(Integer.parseInt(matcher.group(1)), LocalTime.parse(matcher.group(2))));
      }
    } catch (DateTimeException e) {
      // told below
    }
    if (!text.isEmpty()) {
      in.fault("at", "must be such as \"day 1 08:30\", and is " + text);
    }
    return Optional.empty();
  }

  private static Optional<Action> action(Verb verb, Section in) {
    return switch (verb) {
      case BEACONS -> Optional.of(new Action.Beacons());
      case FILL -> Optional.of(new Action.Fill());
      case WAIVE -> Optional.of(new Action.Waive());
      case UPLOAD -> Optional.of(new Action.Upload(in.integer("copies", 1, 10, 1)));
      case RESEND -> Optional.of(new Action.Resend(in.integer("copies", 1, 10, 1)));
      case SCAN -> {
        String lesson = in.text("lesson");
        Duration within = Duration.ofSeconds(in.integer("withinSeconds", 1, 120, 60));
        int copies = in.integer("copies", 1, 10, 1);
        boolean ownKeys = in.flag("ownKeys", false);
        yield in.oneOf("act", ACTS)
            .map(act -> new Action.Scan(lesson, act, within, copies, ownKeys));
      }
    };
  }

  private static Scenario.Faults faults(Section in) {
    Section withheld = in.section("withheld");
    var runs =
        new Scenario.Withheld(
            withheld.integer("runs", 0, 1_000, 0),
            span(withheld, "length", 100, new Span(1, 1)),
            withheld.integer("neverFound", 0, 1_000, 0));
    if (runs.neverFound() > runs.runs()) {
      withheld.fault("neverFound", "cannot be more than runs");
    }
    withheld.end();
    var faults =
        new Scenario.Faults(
            in.flag("reorder", false),
            span(in, "batch", BATCH_MAX, new Span(BATCH_MAX, BATCH_MAX)),
            in.integer("duplicates", 0, 100, 0),
            in.integer("cuts", 0, 100, 0),
            runs,
            in.integer("silentCalls", 0, 1_000, 0),
            in.integer("wrongClock", 0, 10_000, 0),
            in.integer("strangers", 0, 10_000, 0),
            in.integer("early", 0, 10_000, 0),
            in.integer("lostCards", 0, 100, 0));
    in.end();
    return faults;
  }

  private static Span span(Section in, String name, int max, Span otherwise) {
    if (!in.has(name)) {
      return otherwise;
    }
    Section span = in.section(name);
    int from = span.required("from", 1, max);
    int to = span.required("to", 1, max);
    span.end();
    if (to < from) {
      span.fault("to", "must not be less than from");
    }
    return new Span(from, to);
  }

  /** What only the whole tells. */
  private static void check(Section root, Scenario scenario) {
    if (scenario.schedule().isEmpty()) {
      root.fault("schedule", "must be a list of at least one step");
    }
    Set<String> lessons = new HashSet<>();
    scenario.classes().lessons().forEach(lesson -> lessons.add(lesson.id()));
    Optional<Moment> before = Optional.empty();
    for (Step step : scenario.schedule()) {
      if (before.isPresent() && isBefore(step.at(), before.get())) {
        root.fault(
            "schedule", "goes back in time at day " + step.at().day() + " " + step.at().time());
      }
      if (step.action() instanceof Action.Scan scan && !lessons.contains(scan.lesson())) {
        root.fault("schedule", "scans in lesson " + scan.lesson() + ", which no class has");
      }
      before = Optional.of(step.at());
    }
    if (scenario.classes().devices() > scenario.sites().devices()) {
      root.fault("classes", "has more devices at a door than a site has");
    }
  }

  private static boolean isBefore(Moment one, Moment other) {
    return one.day() < other.day()
        || (one.day() == other.day() && one.time().isBefore(other.time()));
  }
}
