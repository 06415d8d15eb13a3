package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_SCHOOL;
import static org.skillvoucher.domain.Samples.STRANGER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassRefusal.ClockSkew;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotApproved;
import org.skillvoucher.domain.trainingclass.ClassRefusal.TapTimeUnprovable;

/** A device whose clock is off is answered so, before its time is compared with anything (R01). */
final class ClockAndApprovalTest {
  private static final Duration SKEW = Duration.ofMinutes(2);
  private static final Circumstances HERE = Circumstances.online("S1", "R1");

  /** Times that are off at nine, each in another way. */
  static Stream<Instant> timesThatAreOff() {
    return Stream.of(
        Instant.EPOCH,
        Instant.parse("2020-01-01T00:00:00Z"),
        NINE.minus(Duration.ofMinutes(10)),
        NINE.minus(SKEW).minusMillis(1),
        NINE.plus(SKEW).plusMillis(1),
        NINE.plus(Duration.ofDays(400)),
        Instant.parse("9999-12-31T23:59:59Z"),
        Instant.ofEpochMilli((1L << 53) - 1));
  }

  @ParameterizedTest
  @MethodSource("timesThatAreOff")
  void onlineTheClockIsDecidedBeforeApprovalRosterAndStateOfTheClass(Instant shown) {
    ClassState.Open open = approvedAt(NINE.minusSeconds(1));
    List<ClassState> states =
        List.of(
            new ClassState.Filed(open.plan().filing(), open.plan().rules()),
            new ClassState.Approved(open.plan()),
            open,
            new ClassState.Closed(open.plan(), open.ledger(), open.chain()));

    for (ClassState state : states) {
      for (PersonPseudonym person : List.of(LI, STRANGER)) {
        assertEquals(new ClockSkew(NINE), online(state, person, shown));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("timesThatAreOff")
  void anotherInstitutionLearnsNothingByAClockThatIsOff(Instant shown) {
    var scan = new Field("D1-1", "S1").online(LI, MORNING, Act.IN, shown).scan();
    var foreign =
        new ScanRules.Question(
            OTHER_SCHOOL,
            Field.tap(scan, HERE, NINE).received(),
            Optional.of(LI),
            HERE,
            Optional.empty(),
            true,
            NINE);

    for (ClassState state : List.of(new ClassState.Unfiled(), approvedAt(NINE))) {
      assertEquals(
          Optional.of(new ScanResult.Refused(new ClassRefusal.NotEnrolled())),
          ScanRules.preCheck(state, foreign));
    }
  }

  @Test
  void aClockThatIsSlowWithinItsBoundsDoesNotMakeAFreshApprovalLate() {
    for (Duration off : List.of(SKEW, SKEW.negated(), Duration.ZERO)) {
      var scan = new Field("D1-1", "S1").online(LI, MORNING, Act.IN, NINE.plus(off)).scan();

      assertInstanceOf(
          ScanRules.Eligible.class, ScanRules.check(approvedAt(NINE), Field.tap(scan, HERE, NINE)));
    }
  }

  @Test
  void offlineAProvenTapBeforeTheApprovalIsNotApproved() {
    Instant arrived = NINE.plus(Duration.ofHours(2));
    ClassState.Open open = approvedAt(NINE.plus(SKEW).plusMillis(1));

    assertEquals(
        new NotApproved(),
        refused(
            ScanRules.check(
                open, new Field("D1-1", "S1").offline(LI, MORNING, Act.IN, NINE, arrived))));
  }

  @Test
  void offlineATapThatMayHaveBeenAfterTheApprovalCounts() {
    Instant arrived = NINE.plus(Duration.ofHours(2));

    assertInstanceOf(
        ScanRules.Eligible.class,
        ScanRules.check(
            approvedAt(NINE.plus(SKEW)),
            new Field("D1-1", "S1").offline(LI, MORNING, Act.IN, NINE, arrived)));
  }

  @Test
  void offlineAClockThatFellBackProvesNothingAndIsNotCalledUnapproved() {
    for (Instant shown : List.of(Instant.EPOCH, Instant.parse("2020-01-01T00:00:00Z"))) {
      var scan = new Field("D1-1", "S1").online(LI, MORNING, Act.IN, shown).scan();
      var how =
          Circumstances.offline(new Circumstances.Offline(Optional.empty(), NINE)).at("S1", "R1");

      assertEquals(
          new TapTimeUnprovable(72),
          refused(ScanRules.check(approvedAt(NINE.minusSeconds(1)), Field.tap(scan, how, NINE))));
    }
  }

  private static ClassRefusal online(ClassState state, PersonPseudonym person, Instant shown) {
    var scan = new Field("D1-1", "S1").online(person, MORNING, Act.IN, shown).scan();
    return refused(ScanRules.check(state, Field.tap(scan, HERE, NINE)));
  }

  private static ClassRefusal refused(ScanRules.Check check) {
    return assertInstanceOf(ScanResult.Refused.class, check).reason();
  }

  private static ClassState.Open approvedAt(Instant at) {
    ClassState.Open open = Field.open(Field.RULES);
    ClassState.Plan plan = open.plan();
    return open.with(
        new ClassState.Plan(plan.filing(), plan.rules(), at, plan.roster(), plan.timetable()));
  }
}
