package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.NaturalKey;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

final class ExpectedOutcomeTest {
  private static Plan plan(List<Tap> taps) throws ScenarioInvalid {
    Plan made = PlanMakerTest.plan(ScenarioFileTest.small());
    return new Plan(
        made.scenario(), made.dayOne(), made.rules(), made.lessons(), made.people(), taps);
  }

  /**
   * A tap of the first class's first person in the first lesson, that many minutes after it began.
   */
  private static Tap tap(Act act, long minutes, Sort sort, Delivery delivery)
      throws ScenarioInvalid {
    Plan made = PlanMakerTest.plan(ScenarioFileTest.small());
    return new Tap(
        0,
        0,
        0,
        act,
        0,
        0,
        made.lessons().getFirst().startsAt().plusSeconds(minutes * 60),
        sort,
        false,
        delivery,
        Presented.Salt.of(1, minutes));
  }

  private static AttendanceSheet.Row line(Tap... taps) throws ScenarioInvalid {
    List<PersonPseudonym> people = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      people.add(new PersonPseudonym(String.format("%043d", i)));
    }
    return new ExpectedOutcome(plan(List.of(taps))).sheet(0, people).rows().getFirst();
  }

  @Test
  void ofTwoTapsOneInTimeIsEnough() throws ScenarioInvalid {
    Tap late = tap(Act.IN, 20, Sort.PLAIN, Delivery.SENT);
    assertEquals(1, line(late).late());
    assertEquals(0, line(late, tap(Act.IN, 1, Sort.SECOND, Delivery.SENT)).late());
  }

  @Test
  void aTapThatNeverCameCountsForNothing() throws ScenarioInvalid {
    Tap in = tap(Act.IN, 1, Sort.PLAIN, Delivery.SENT);
    assertEquals(1, line(in, tap(Act.OUT, 150, Sort.PLAIN, Delivery.SENT)).lessonsAttended());
    assertEquals(0, line(in, tap(Act.OUT, 150, Sort.PLAIN, Delivery.LOST)).lessonsAttended());
    assertEquals(
        1, line(in, tap(Act.OUT, 150, Sort.PLAIN, Delivery.FOUND_LATER)).lessonsAttended());
  }

  @Test
  void ofAWrongClockOrFromAnotherClassItCountsForNothing() throws ScenarioInvalid {
    assertEquals(0, line(tap(Act.IN, 1, Sort.WRONG_CLOCK, Delivery.SENT)).lessonsIncomplete());
    assertEquals(0, line(tap(Act.IN, 1, Sort.STRANGER, Delivery.SENT)).lessonsIncomplete());
    assertEquals(1, line(tap(Act.IN, 1, Sort.PLAIN, Delivery.SENT)).lessonsIncomplete());
  }

  @Test
  void everyTapThatComesEitherCountsOrIsRefused() throws ScenarioInvalid {
    Plan plan = PlanMakerTest.plan(ScenarioFileTest.small());
    ExpectedOutcome expected = new ExpectedOutcome(plan);
    Map<NaturalKey, List<Tap>> counting = expected.counting();
    for (Tap tap : plan.taps()) {
      boolean counts = counting.getOrDefault(tap.naturalKey(), List.of()).contains(tap);
      boolean comes = tap.delivery() != Delivery.LOST;
      assertEquals(comes && expected.refusal(tap).isEmpty(), counts);
    }
    assertTrue(plan.taps().stream().anyMatch(tap -> expected.refusal(tap).isPresent()));
    assertFalse(counting.isEmpty());
  }
}
