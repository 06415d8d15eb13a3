package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.chaos.FaultKind;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.desk.RulesFile;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class LoadPlanTest {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "../config"));
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private final AttendanceRules rules;

  LoadPlanTest() throws Exception {
    rules = RulesFile.read(CONFIG, "990000", DAY).attendance();
  }

  private static LoadScenario scenario(String text) throws ScenarioInvalid {
    return LoadFile.read(ScenarioText.read("load.yaml", text));
  }

  private static Instant starts(LoadScenario scenario) {
    return scenario.day().starts().atDate(DAY).atZone(LoadScenario.ZONE).toInstant();
  }

  private static List<Lesson> lessons(LoadScenario scenario) {
    return LoadFixture.lessons(scenario, starts(scenario).plus(scenario.day().lead()));
  }

  private LoadPlan plan(LoadScenario scenario) {
    return LoadPlan.make(scenario, lessons(scenario), rules, starts(scenario));
  }

  private static List<Arrival> taps(Iterable<Arrival> plan) {
    return StreamSupport.stream(plan.spliterator(), false).toList();
  }

  private record Key(int classNumber, int lesson, Act act, int person) {
    static Key of(Arrival tap) {
      return new Key(tap.classNumber(), tap.lesson(), tap.act(), tap.person());
    }
  }

  @Test
  void eachArrivalIsValidAtItsTime() throws Exception {
    LoadScenario scenario = scenario(LoadFileTest.BUSY);
    LoadPlan plan = plan(scenario);
    List<Lesson> lessons = lessons(scenario);
    assertEquals(Optional.empty(), plan.firstShortage());
    for (Arrival tap : plan) {
      Instant at = starts(scenario).plusNanos(tap.micros() * 1_000 * scenario.day().speed());
      Lesson lesson = lessons.get(tap.lesson());
      Windows.Window window =
          tap.act() == Act.IN ? Windows.signIn(lesson, rules) : Windows.signOut(lesson, rules);
      assertTrue(window.contains(at), tap + " outside " + window);
    }
  }

  @Test
  void eachPersonSignsInOnceAndBeforeSigningOut() throws Exception {
    LoadPlan plan = plan(scenario(LoadFileTest.BUSY));
    Map<Key, Long> first = new HashMap<>();
    Set<Act> acts = new HashSet<>();
    for (Arrival tap : plan) {
      acts.add(tap.act());
      if (!tap.again()) {
        assertEquals(null, first.put(Key.of(tap), tap.micros()), () -> tap + " twice");
      }
      if (tap.act() == Act.OUT && !tap.again()) {
        Key in = new Key(tap.classNumber(), tap.lesson(), Act.IN, tap.person());
        assertTrue(first.containsKey(in), () -> tap + " before the sign-in");
      }
    }
    assertEquals(Set.of(Act.IN, Act.OUT), acts);
  }

  @Test
  void aRescanFollowsTheFirstTapOfTheSamePerson() throws Exception {
    LoadPlan plan = plan(scenario(LoadFileTest.BUSY));
    Map<Key, Long> first = new HashMap<>();
    long again = 0;
    for (Arrival tap : plan) {
      if (tap.again()) {
        again++;
        assertTrue(first.getOrDefault(Key.of(tap), Long.MAX_VALUE) < tap.micros());
      } else {
        first.put(Key.of(tap), tap.micros());
      }
    }
    int all = taps(plan).size();
    assertTrue(again > all / 20, again + " of " + all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"morning-peak", "ramp", "soak", "overload", "downstream-down", "faults"})
  void theBundledLoadsHaveAPersonForEachArrival(String name) throws Exception {
    LoadScenario scenario =
        LoadFile.read(ScenarioText.read(CONFIG.resolve("scenarios").resolve(name + ".yaml")));
    assertEquals(name, scenario.name());
    assertEquals(Optional.empty(), plan(scenario).firstShortage());
  }

  @Test
  void theLoadForFaultsHasPeopleForAsLongAsTwentyFaultsTake() throws Exception {
    LoadScenario scenario =
        LoadFile.read(ScenarioText.read(CONFIG.resolve("scenarios").resolve("faults.yaml")));
    FaultPlan faults = new FaultPlan(List.of(FaultKind.values()), 20, scenario.seed());
    assertEquals(Optional.empty(), plan(LoadRun.extendedFor(scenario, faults)).firstShortage());
  }

  @Test
  void aBurstIsAWholeClassWithinItsTime() throws Exception {
    LoadScenario scenario =
        scenario(
            LoadFileTest.BUSY.replace(
                "rescans: 10", "rescans: 0\n  bursts: {classes: 3, people: 40, within: 2m}"));
    Map<Integer, List<Arrival>> bursts = new HashMap<>();
    for (Arrival tap : plan(scenario)) {
      if (tap.classNumber() >= scenario.door().classes()) {
        bursts.computeIfAbsent(tap.classNumber(), any -> new java.util.ArrayList<>()).add(tap);
      }
    }
    assertEquals(3, bursts.size());
    bursts.forEach(
        (number, taps) -> {
          assertEquals(40, taps.size());
          long micros = taps.getLast().micros() - taps.getFirst().micros();
          assertTrue(micros <= 120_000_000 / scenario.day().speed());
        });
  }

  @Test
  void sharesDivideTheArrivalsByClass() throws Exception {
    LoadPlan whole = plan(scenario(LoadFileTest.BUSY));
    Set<Arrival> shared = new HashSet<>();
    for (int number = 1; number <= 3; number++) {
      LoadShare part = new LoadShare(number, 3);
      for (Arrival tap : whole.share(part)) {
        assertTrue(shared.add(tap), () -> tap + " in two shares");
      }
    }
    assertEquals(new HashSet<>(taps(whole)), shared);
  }

  @Test
  void oneSeedMakesOnePlanAndAnotherMakesAnother() throws Exception {
    LoadScenario scenario = scenario(LoadFileTest.BUSY);
    assertEquals(taps(plan(scenario)), taps(plan(scenario)));
    assertNotEquals(taps(plan(scenario)), taps(plan(scenario.withSeed(99))));
  }

  @Test
  void aShortageOfPeopleIsReported() throws Exception {
    LoadPlan plan = plan(scenario(LoadFileTest.BUSY.replace("people: 40", "people: 2")));
    assertTrue(plan.firstShortage().isPresent());
  }

  @Test
  void arrivalsAreInTheOrderOfTheirTimes() throws Exception {
    List<Arrival> taps = taps(plan(scenario(LoadFileTest.BUSY)));
    assertEquals(taps.stream().sorted(Comparator.comparingLong(Arrival::micros)).toList(), taps);
  }

  @Test
  void classesOfASpreadTimetableFollowThoseThatAreOver() throws Exception {
    LoadScenario scenario =
        scenario(LoadFileTest.BUSY.replace("minutes: 15}", "minutes: 1, spread: 1h}"));
    List<Lesson> lessons = lessons(scenario);
    Set<Integer> classes = new HashSet<>();
    for (Arrival tap : plan(scenario)) {
      Lesson lesson =
          LoadFixture.later(lessons, scenario.later(tap.classNumber())).get(tap.lesson());
      Instant at = starts(scenario).plusNanos(tap.micros() * 1_000 * scenario.day().speed());
      Windows.Window window =
          tap.act() == Act.IN ? Windows.signIn(lesson, rules) : Windows.signOut(lesson, rules);
      assertTrue(window.contains(at), tap + " outside " + window);
      classes.add(tap.classNumber());
    }
    assertEquals(Set.of(0, 1, 2, 3), classes);
    assertEquals(Duration.ofMinutes(45), scenario.later(3));
  }
}
