package org.skillvoucher.simulator.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.scenario.Scenario.LessonPlan;
import org.skillvoucher.simulator.scenario.Scenario.Moment;
import org.skillvoucher.simulator.scenario.Scenario.Span;
import org.skillvoucher.simulator.scenario.Scenario.Step;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

/**
 * Reads correctness scenarios (those with a {@code schedule}): the schema checks each value, this
 * class what holds between several of them.
 */
final class ScenarioFile {
  private ScenarioFile() {}

  static Scenario read(ScenarioText text) throws ScenarioInvalid {
    Scenario scenario = text.as(Scenario.class);
    checkLessons(text, scenario.classes().lessons());
    checkSchedule(text, scenario);
    checkFaults(text, scenario.faults());
    if (scenario.classes().devices() > scenario.sites().devices()) {
      text.fault("/classes/devices", "must not be more than sites.devices");
    }
    text.end();
    return scenario;
  }

  private static void checkLessons(ScenarioText text, List<LessonPlan> lessons) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < lessons.size(); i++) {
      LessonPlan lesson = lessons.get(i);
      if (!lesson.to().isAfter(lesson.from())) {
        text.fault("/classes/lessons/" + i + "/to", "must be after from");
      }
      if (!ids.add(lesson.id())) {
        text.fault(
            "/classes/lessons/" + i + "/id", "must be unique, and is " + lesson.id() + " twice");
      }
    }
  }

  private static void checkSchedule(ScenarioText text, Scenario scenario) {
    List<String> lessons = scenario.classes().lessons().stream().map(LessonPlan::id).toList();
    List<Moment> before = new ArrayList<>();
    for (Step step : scenario.schedule()) {
      String pointer = "/schedule/" + before.size();
      if (!before.isEmpty() && before.getLast().isAfter(step.at())) {
        text.fault(pointer + "/at", "must not be before the step above it");
      }
      if (step.action() instanceof Action.Scan scan && !lessons.contains(scan.lesson())) {
        text.fault(pointer + "/lesson", "must be the id of a lesson, and is " + scan.lesson());
      }
      before.add(step.at());
    }
  }

  private static void checkFaults(ScenarioText text, Scenario.Faults faults) {
    Scenario.Withheld withheld = faults.withheld();
    if (withheld.neverFound() > withheld.runs()) {
      text.fault("/faults/withheld/neverFound", "must not be more than runs");
    }
    checkSpan(text, "/faults/withheld/length", withheld.length());
    checkSpan(text, "/faults/batch", faults.batch());
  }

  private static void checkSpan(ScenarioText text, String pointer, Span span) {
    if (span.to() < span.from()) {
      text.fault(pointer + "/to", "must not be less than from");
    }
  }
}
