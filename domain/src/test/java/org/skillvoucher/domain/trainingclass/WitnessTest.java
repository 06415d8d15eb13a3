package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.DoorRules;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ScanCommand;

/** Assisted sign-in (协助签到): who may sign in a person without phone or card. */
final class WitnessTest {
  private static final PersonPseudonym TEACHER = Classes.FILING.teachers().getFirst();
  private static final ScanResult NOT_ACCEPTED =
      new ScanResult.Refused(new ClassRefusal.WitnessNotAccepted());
  private static final Instant NEXT_DAY = minutes(24 * 60);

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));

  /** Each on a device of its own, so that a refusal leaves no counter behind. */
  private ScanResult online(String device, PersonPseudonym witness) {
    return run.decide(new Field(device, "S1").witnessed(LI, MORNING, witness, NINE.plusSeconds(30)))
        .result();
  }

  private ScanResult offline(String device, PersonPseudonym witness) {
    ScanCommand.RecordAttendance tap =
        new Field(device, "S1").offline(LI, MORNING, Act.IN, NINE, NEXT_DAY);
    return run.decide(Field.with(tap, Optional.of(witness))).result();
  }

  @Test
  void aTeacherOfTheClassMaySignInAnybodyAndIsRecordedWithTheScan() {
    assertInstanceOf(ScanResult.Recorded.class, online("D1-1", TEACHER));

    assertEquals(
        Optional.of(TEACHER), run.attended().getFirst().circumstances().orElseThrow().witness());
  }

  @Test
  void anotherTraineeMaySignInAPersonOnlyWhenHereInThisLesson() {
    assertEquals(NOT_ACCEPTED, online("D1-1", WANG));

    run.decide(new Field("D9-1", "S1").online(WANG, MORNING, Act.IN, NINE));
    assertInstanceOf(ScanResult.Recorded.class, online("D2-1", WANG));
  }

  @Test
  void whereTheRegionDoesNotLetTraineesVouchOnlyATeacherDoes() {
    ClassRules plain = Field.open(Field.RULES).plan().rules();
    ClassRules strict =
        new ClassRules(
            plain.pack(),
            plain.rosterMax(),
            plain.lessonsMax(),
            plain.attendance(),
            plain.field(),
            plain.flags(),
            Optional.of(new DoorRules(VoucherAtDoor.NOT_NEEDED, false, 3, 2)));
    ClassRun other = new ClassRun(Classes.open(strict));
    other.decide(new Field("D9-1", "S1").online(WANG, MORNING, Act.IN, NINE));

    assertEquals(
        NOT_ACCEPTED,
        other.decide(new Field("D1-1", "S1").witnessed(LI, MORNING, WANG, NINE)).result());
    assertInstanceOf(
        ScanResult.Recorded.class,
        other.decide(new Field("D2-1", "S1").witnessed(LI, MORNING, TEACHER, NINE)).result());
  }

  @Test
  void whoIsHereInOneLessonIsNoWitnessInAnother() {
    run.decide(new Field("D9-1", "S1").online(WANG, MORNING, Act.IN, NINE));

    assertEquals(
        NOT_ACCEPTED,
        run.decide(new Field("D1-1", "S1").witnessed(LI, AFTERNOON, WANG, AFTERNOON.startsAt()))
            .result());
  }

  @Test
  void nobodyIsTheirOwnWitnessAndNoStrangerIsAWitness() {
    run.decide(new Field("D9-1", "S1").online(LI, MORNING, Act.IN, NINE));

    assertEquals(
        NOT_ACCEPTED,
        run.decide(new Field("D1-1", "S1").witnessed(WANG, MORNING, WANG, NINE)).result());
    assertEquals(
        NOT_ACCEPTED,
        run.decide(new Field("D2-1", "S1").witnessed(WANG, MORNING, STRANGER, NINE)).result());
  }

  @Test
  void theWitnessDoesNotBringAPersonOntoTheRoster() {
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.NotEnrolled()),
        run.decide(new Field("D1-1", "S1").witnessed(STRANGER, MORNING, TEACHER, NINE)).result());
  }

  @Test
  void offlineAFellowTraineesOwnScanMayComeLaterButAStrangerStaysOne() {
    assertEquals(NOT_ACCEPTED, offline("D1-1", STRANGER));
    assertEquals(NOT_ACCEPTED, offline("D2-1", LI));
    assertInstanceOf(ScanResult.Recorded.class, offline("D3-1", WANG));
  }

  @Test
  void offlineAScanWhoseWitnessIsNotAcceptedIsQuarantinedForThatReason() {
    offline("D1-1", STRANGER);

    assertEquals(
        "witness_not_accepted",
        assertInstanceOf(ClassEvent.Quarantined.class, run.events().getLast()).reason());
  }
}
