package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.identity.CitizenId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class PlanMakerTest {
  static final LocalDate DAY_ONE = LocalDate.of(2026, 11, 23);
  static final AttendanceRules RULES = new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true);

  static Plan plan(Scenario scenario) throws ScenarioInvalid {
    return PlanMaker.make(scenario, DAY_ONE, RULES);
  }

  private static Scenario shipped(String name) throws Exception {
    Path config = Path.of(System.getProperty("vgw.config", "../config"));
    return ScenarioFile.read(
        ScenarioText.read(config.resolve("scenarios").resolve(name + ".yaml")));
  }

  @Test
  void oneSeedMakesOnePlanAndAnotherMakesAnother() throws ScenarioInvalid {
    Scenario small = ScenarioFileTest.small();
    assertEquals(plan(small).taps(), plan(small).taps());
    assertEquals(plan(small).people(), plan(small).people());
    assertNotEquals(plan(small).taps(), plan(small.withSeed(8)).taps());
  }

  @Test
  void threeDaysOfflineAreTenThousandStatementsOfTwentyDevices() throws Exception {
    Plan plan = plan(shipped("offline-72h"));
    assertEquals(10_000, plan.taps().size());
    Set<Integer> devices = new HashSet<>();
    plan.taps().forEach(tap -> devices.add(tap.device()));
    assertEquals(20, devices.size());
  }

  @Test
  void theBurstIsSixtyPeopleWithinTwoMinutes() throws Exception {
    Plan plan = plan(shipped("door-burst"));
    assertEquals(60, plan.taps().size());
    Instant first = plan.taps().getFirst().at();
    Instant last = plan.taps().getLast().at();
    assertTrue(Duration.between(first, last).compareTo(Duration.ofMinutes(2)) < 0);
  }

  @Test
  void everybodyHasAValidNumberOfTheirOwnWhereNobodyLives() throws Exception {
    Set<String> numbers = new HashSet<>();
    for (Card person : plan(shipped("offline-72h")).people()) {
      assertTrue(person.personNumber().startsWith("99"));
      assertTrue(
          CitizenId.parse(person.personNumber(), DAY_ONE) instanceof Parsed.Valid<CitizenId>);
      assertTrue(numbers.add(person.personNumber()));
    }
  }

  @Test
  void whatShouldCountIsTappedInTime() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      Plan plan = plan(shipped("offline-72h").withSeed(seed));
      for (Tap tap : plan.taps()) {
        Windows.Window window =
            tap.act() == Act.IN
                ? Windows.signIn(plan.lesson(tap), RULES)
                : Windows.signOut(plan.lesson(tap), RULES);
        assertEquals(tap.sort() != Sort.EARLY, window.contains(tap.at()), "tap " + tap.number());
      }
    }
  }

  @Test
  void nobodyTapsFasterThanPeopleCan() throws Exception {
    Map<Integer, Instant> last = new HashMap<>();
    for (Tap tap : plan(shipped("offline-72h")).taps()) {
      Instant before = last.put(tap.device(), tap.at());
      assertFalse(
          before != null && Duration.between(before, tap.at()).toMillis() < 1_000,
          "tap " + tap.number());
    }
  }

  @Test
  void whatIsWithheldHasStatementsBeforeAndBehindIt() throws ScenarioInvalid {
    Plan plan = plan(ScenarioFileTest.small());
    Map<Plan.Chain, List<Tap>> chains = new HashMap<>();
    for (Tap tap : plan.taps()) {
      chains.merge(
          tap.chain(),
          List.of(tap),
          (one, other) -> java.util.stream.Stream.concat(one.stream(), other.stream()).toList());
    }
    long gappy = 0;
    for (List<Tap> chain : chains.values()) {
      assertEquals(Delivery.SENT, chain.getFirst().delivery());
      assertEquals(Delivery.SENT, chain.getLast().delivery());
      gappy += chain.stream().anyMatch(tap -> tap.delivery() != Delivery.SENT) ? 1 : 0;
    }
    assertEquals(3, gappy);
    assertEquals(1, new ExpectedOutcome(plan).gaps(Set.of(Delivery.LOST)).size());
  }

  @Test
  void moreThanTheClassesCanGiveIsRefused() throws ScenarioInvalid {
    Scenario few =
        ScenarioFile.read(
            ScenarioText.read(
                "small.yaml", ScenarioFileTest.SMALL.replace("seed: 7", "seed: 7\nstatements: 5")));
    Scenario gappy =
        ScenarioFile.read(
            ScenarioText.read("small.yaml", ScenarioFileTest.SMALL.replace("runs: 3", "runs: 99")));
    assertTrue(
        assertThrows(ScenarioInvalid.class, () -> plan(few))
            .faults()
            .getFirst()
            .startsWith("small: statements is 5, and the classes already make "));
    assertTrue(
        assertThrows(ScenarioInvalid.class, () -> plan(gappy))
            .faults()
            .getFirst()
            .startsWith("small: faults.withheld.runs is 99, and there are chains for "));
  }
}
