package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;
import static org.skillvoucher.domain.identity.Actors.SECOND_OFFICIAL;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Correction.Kind.AMENDMENT;
import static org.skillvoucher.domain.trainingclass.Correction.Kind.BACK_FILL;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassCommand.Change;
import org.skillvoucher.domain.trainingclass.Correction.Kind;

/** Corrections (更正): by two people, with a reason; what was scanned stays (R60, R61). */
final class CorrectionTest {
  private static final Instant AFTER = MORNING.endsAt();
  private static final Change PROPOSER = new Change("token-1", "I saw them");
  private static final Change SECOND = new Change("token-2", "confirmed by the teacher");
  private static final Change THIRD = new Change("token-3", "the video shows it");

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));

  private static Correction correction(String id, PersonPseudonym person, Kind kind) {
    return new Correction(
        id, person, MORNING.id(), kind, "the reader broke", "token-1", AFTER, Optional.empty());
  }

  private Decision<ClassEvent, ClassRefusal> propose(Correction correction) {
    return run.send(new ClassCommand.ProposeCorrection(correction, correction.at()));
  }

  private Decision<ClassEvent, ClassRefusal> decide(String id, boolean yes, Change decider) {
    return decide(id, yes, decider, AFTER.plusSeconds(60));
  }

  private Decision<ClassEvent, ClassRefusal> decide(
      String id, boolean yes, Change decider, Instant at) {
    return run.send(new ClassCommand.DecideCorrection(id, yes, decider, at));
  }

  /** A scan in without a scan out: verified, and without hours. */
  private void wasSeen(PersonPseudonym person, String device) {
    run.decide(new Field(device, "S1").online(person, MORNING, Act.IN, NINE));
  }

  private void attendedTheMorning(PersonPseudonym person, String device) {
    var door = new Field(device, "S1");
    run.decide(door.online(person, MORNING, Act.IN, NINE));
    run.decide(door.online(person, MORNING, Act.OUT, MORNING.endsAt()));
  }

  private AttendanceSheet.Row rowOf(PersonPseudonym person) {
    ClassState closed =
        ClassEvolution.evolve(run.state(), new ClassEvent.Closed(0, "", LAST_SCAN), 999);
    return ClosedSheet.of(assertInstanceOf(ClassState.Closed.class, closed)).rows().stream()
        .filter(line -> line.person().equals(person))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aProposalWaitsAndChangesNoHours() {
    Correction backFill = correction("K1", LI, BACK_FILL);

    assertEquals(accept(new ClassEvent.CorrectionProposed(backFill, AFTER)), propose(backFill));
    assertEquals(0, rowOf(LI).minutesAttended());
    assertEquals(0, rowOf(LI).detail().lessonsCorrected());
  }

  @Test
  void aBackFillThatASecondPersonApprovesCountsBesideWhatWasScanned() {
    wasSeen(LI, "D1-1");
    propose(correction("K1", LI, BACK_FILL));

    assertEquals(
        accept(
            new ClassEvent.CorrectionDecided(
                "K1",
                new Correction.Decision(
                    true, "token-2", "confirmed by the teacher", AFTER.plusSeconds(60)),
                AFTER.plusSeconds(60))),
        decide("K1", true, SECOND));
    AttendanceSheet.Row row = rowOf(LI);
    assertEquals(180, row.minutesAttended());
    assertEquals(0, row.detail().minutesScanned());
    assertEquals(1, row.detail().lessonsCorrected());
    assertEquals(0, rowOf(WANG).minutesAttended());
  }

  @Test
  void anAmendmentTakesTheHoursAwayAndLeavesTheReceipts() {
    attendedTheMorning(LI, "D1-1");
    propose(correction("K1", LI, AMENDMENT));
    decide("K1", true, SECOND);

    AttendanceSheet.Row row = rowOf(LI);
    assertEquals(0, row.minutesAttended());
    assertEquals(0, row.lessonsIncomplete());
    assertEquals(180, row.detail().minutesScanned());
    assertEquals(1, row.detail().lessonsCorrected());
    assertEquals(2, run.attended().size());
  }

  @Test
  void aBackFillMakesNoFirstHourOfAPersonNeverVerifiedInTheClass() {
    wasSeen(WANG, "D1-1");
    propose(correction("K1", LI, BACK_FILL));

    assertEquals(reject(new ClassRefusal.IdentityNeverVerified()), decide("K1", true, SECOND));
    assertEquals(0, rowOf(LI).minutesAttended());
    decide("K1", false, SECOND);
    assertEquals(1, run.events().stream().filter(CorrectionTest::isDecision).count());
  }

  private static boolean isDecision(ClassEvent event) {
    return event instanceof ClassEvent.CorrectionDecided;
  }

  @Test
  void onlyTheBureauDecidesItAndNotTheSamePersonWithAnotherToken() {
    wasSeen(LI, "D1-1");
    Correction proposed =
        new Correction(
            "K1",
            LI,
            MORNING.id(),
            BACK_FILL,
            "the reader broke",
            BUREAU.tokenId(),
            AFTER,
            Optional.empty(),
            Optional.of(BUREAU));
    propose(proposed);
    ClassCommand decide = new ClassCommand.DecideCorrection("K1", true, SECOND, AFTER);

    assertEquals(
        reject(new ClassRefusal.SideNotAllowed(Side.INSTITUTION, List.of(Side.BUREAU))),
        run.send(decide, SCHOOL));
    assertEquals(
        reject(new ClassRefusal.TwoPersonRequired()),
        run.send(decide, new Actor(BUREAU.subject(), Side.BUREAU, "another-token")));
    run.send(decide, SECOND_OFFICIAL);
    assertEquals(180, rowOf(LI).minutesAttended());
  }

  @Test
  void whoProposedItDecidesItNeitherWay() {
    wasSeen(LI, "D1-1");
    propose(correction("K1", LI, BACK_FILL));

    for (boolean yes : List.of(true, false)) {
      assertEquals(reject(new ClassRefusal.TwoPersonRequired()), decide("K1", yes, PROPOSER));
    }
    decide("K1", true, SECOND);
    assertEquals(reject(new ClassRefusal.TwoPersonRequired()), decide("K1", true, PROPOSER));
  }

  @Test
  void aDeclinedCorrectionChangesNothingButIsRecorded() {
    propose(correction("K1", LI, BACK_FILL));
    decide("K1", false, SECOND);

    assertEquals(0, rowOf(LI).minutesAttended());
    assertEquals(2, run.events().size());
  }

  @Test
  void whatWasDecidedStaysDecided() {
    wasSeen(LI, "D1-1");
    propose(correction("K1", LI, BACK_FILL));
    decide("K1", true, SECOND);

    assertEquals(already(), decide("K1", true, SECOND));
    assertEquals(already(), decide("K1", true, THIRD));
    assertEquals(reject(new ClassRefusal.CorrectionSettled()), decide("K1", false, THIRD));
    assertEquals(180, rowOf(LI).minutesAttended());
  }

  @Test
  void theSameProposalAgainChangesNothingEvenWhenItIsDecided() {
    wasSeen(LI, "D1-1");
    propose(correction("K1", LI, BACK_FILL));
    assertEquals(already(), propose(correction("K1", LI, BACK_FILL)));

    decide("K1", true, SECOND);
    assertEquals(already(), propose(correction("K1", LI, BACK_FILL)));
    assertEquals(180, rowOf(LI).minutesAttended());
  }

  @Test
  void anotherProposalUnderTheSameIdIsRefused() {
    propose(correction("K1", LI, BACK_FILL));

    for (Correction other :
        List.of(correction("K1", WANG, BACK_FILL), correction("K1", LI, AMENDMENT))) {
      assertEquals(reject(new ClassRefusal.CorrectionSettled()), propose(other));
    }
  }

  @Test
  void whatWasNeverProposedIsNotDecided() {
    assertEquals(reject(new ClassRefusal.NoSuchCorrection()), decide("K9", true, SECOND));
  }

  @Test
  void onlyATraineesPastLessonIsCorrected() {
    var teacher = Classes.FILING.teachers().getFirst();
    for (PersonPseudonym person : List.of(STRANGER, teacher)) {
      assertEquals(
          reject(new ClassRefusal.NotEnrolled()), propose(correction("K1", person, BACK_FILL)));
    }
    assertEquals(
        reject(new ClassRefusal.NoSuchLesson()), propose(of(new LessonId("night"), AFTER)));
    assertEquals(
        reject(new ClassRefusal.LessonNotOver(MORNING.endsAt())),
        propose(of(MORNING.id(), minutes(179))));
  }

  private static Correction of(LessonId lesson, Instant at) {
    return new Correction(
        "K1", LI, lesson, BACK_FILL, "the reader broke", "token-1", at, Optional.empty());
  }

  @Test
  void ofTwoThatContradictEachOtherTheOneDecidedLastApplies() {
    wasSeen(LI, "D1-1");
    propose(correction("K1", LI, BACK_FILL));
    propose(correction("K2", LI, AMENDMENT));
    decide("K2", true, SECOND, AFTER.plusSeconds(10));
    decide("K1", true, SECOND, AFTER.plusSeconds(20));

    assertEquals(180, rowOf(LI).minutesAttended());
    propose(correction("K3", LI, AMENDMENT));
    decide("K3", true, SECOND, AFTER.plusSeconds(30));
    assertEquals(0, rowOf(LI).minutesAttended());
  }

  @Test
  void aClassTakesAtMostTwoThousandCorrections() {
    for (int number = 1; number <= SupervisionRules.CORRECTIONS_MAX; number++) {
      propose(correction("K" + number, LI, BACK_FILL));
    }

    assertEquals(2000, run.events().size());
    assertEquals(
        reject(new ClassRefusal.CorrectionsFull(2000)),
        propose(correction("K2001", LI, BACK_FILL)));
    assertEquals(already(), propose(correction("K1", LI, BACK_FILL)));
  }
}
