package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_SCHOOL;
import static org.skillvoucher.domain.Samples.OTHER_VOUCHER;
import static org.skillvoucher.domain.Samples.PACK;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.lesson;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED_AT;
import static org.skillvoucher.domain.trainingclass.Classes.CLOSED;
import static org.skillvoucher.domain.trainingclass.Classes.FILED;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.RETURNED;
import static org.skillvoucher.domain.trainingclass.Classes.UNFILED;
import static org.skillvoucher.domain.trainingclass.Classes.VERIFIED;
import static org.skillvoucher.domain.trainingclass.Classes.open;
import static org.skillvoucher.domain.trainingclass.Classes.question;
import static org.skillvoucher.domain.trainingclass.Classes.record;
import static org.skillvoucher.domain.trainingclass.Classes.scan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NoSuchLesson;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NoVoucher;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotApproved;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotEnrolled;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotOpen;
import org.skillvoucher.domain.trainingclass.ClassRefusal.OutWithoutIn;
import org.skillvoucher.domain.trainingclass.ClassRefusal.OutsideWindow;
import org.skillvoucher.domain.trainingclass.ClassRefusal.WrongState;

/** When a scan counts (R01, R41, R43, R46) and why it is refused when it does not. */
final class ScanRulesTest {
  private static final Scan LI_IN = scan(LI, MORNING, Act.IN, NINE);

  @Test
  void aClassThatIsNotApprovedTakesNoScan() {
    for (ClassState state : List.of(FILED, RETURNED)) {
      assertEquals(reject(new NotApproved()), decide(state, LI_IN, NINE));
    }
  }

  @Test
  void aScanBeforeTheApprovalIsRefusedByTheGatewaysTime() {
    for (ClassState state : List.of(APPROVED, OPEN, CLOSED)) {
      assertEquals(reject(new NotApproved()), decide(state, LI_IN, APPROVED_AT.minusMillis(1)));
    }
  }

  @Test
  void anUnknownClassAndAnothersClassAndAStrangerAreRefusedAlikeSoThatNobodyLearnsWhichExist() {
    var refusal = reject(new NotEnrolled());

    assertEquals(refusal, decide(UNFILED, LI_IN, NINE));
    assertEquals(refusal, decide(OPEN, scan(STRANGER, MORNING, Act.IN, NINE), NINE));
    for (ClassState state : List.of(UNFILED, FILED, RETURNED, APPROVED, OPEN, CLOSED)) {
      assertEquals(
          Optional.of(new ScanResult.Refused(new NotEnrolled())),
          ScanRules.preCheck(state, question(LI_IN, OTHER_SCHOOL, NINE)));
    }
  }

  @Test
  void anotherSchoolsDeviceDoesNotEvenGetAReceiptThatExists() {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);

    assertInstanceOf(
        ScanResult.AlreadyRecorded.class,
        ScanRules.preCheck(run.state(), question(LI_IN, SCHOOL, NINE)).orElseThrow());
    assertInstanceOf(
        ScanResult.Refused.class,
        ScanRules.preCheck(run.state(), question(LI_IN, OTHER_SCHOOL, NINE)).orElseThrow());
  }

  @Test
  void aStrangerIsNotOnTheRosterOfAnApprovedOrClosedClassEither() {
    Scan stranger = scan(STRANGER, MORNING, Act.IN, NINE);

    for (ClassState state : List.of(APPROVED, CLOSED)) {
      assertEquals(reject(new NotEnrolled()), decide(state, stranger, NINE));
    }
  }

  @Test
  void aClassThatIsNotYetOpenOrNoLongerNamesItsStateToItsOwnPeople() {
    assertEquals(reject(new NotOpen()), decide(APPROVED, LI_IN, NINE));
    assertEquals(reject(new WrongState("closed")), decide(CLOSED, LI_IN, NINE));
  }

  @Test
  void whoHasNoVoucherBoundIsRefused() {
    assertEquals(reject(new NoVoucher()), decide(OPEN, scan(WANG, MORNING, Act.IN, NINE), NINE));
  }

  @Test
  void whoseVoucherWasWithdrawnIsRefusedFromThenOn() {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);
    run.send(new ClassCommand.WithdrawVoucher(LI, VOUCHER, NINE));

    assertEquals(reject(new NoVoucher()), run.scan(LI, MORNING, Act.OUT, MORNING.endsAt()));
  }

  @Test
  void aVoucherThatWaitsForSomeoneNotOnTheRosterLetsNobodyIn() {
    ClassRun run = new ClassRun(OPEN);
    run.send(new ClassCommand.AdmitVoucher(STRANGER, OTHER_VOUCHER, NINE));

    assertEquals(reject(new NotEnrolled()), run.scan(STRANGER, MORNING, Act.IN, NINE));
  }

  @Test
  void aRegionMayDoWithoutVouchers() {
    ClassRules free =
        new ClassRules(PACK, 3, 4, new AttendanceRules(30, 10, 45, 15, 60, 45, 80, false));

    assertEquals(
        "", counted(decide(open(free), scan(WANG, MORNING, Act.IN, NINE), NINE)).voucher());
    assertEquals("V1", counted(decide(open(free), LI_IN, NINE)).voucher());
  }

  @Test
  void aLessonThatIsNotOnTheTimetableIsUnknown() {
    Lesson other = lesson("other", LessonKind.THEORY, NINE, 60);

    assertEquals(reject(new NoSuchLesson()), decide(OPEN, scan(LI, other, Act.IN, NINE), NINE));
  }

  @ParameterizedTest
  @CsvSource({"-31,false", "-30,true", "0,true", "44,true", "45,false", "300,false"})
  void signInCountsWithinItsWindowOnly(int minutesAfterStart, boolean counts) {
    Instant at = minutes(minutesAfterStart);
    var decision = decide(OPEN, LI_IN, at);

    if (counts) {
      counted(decision);
    } else {
      assertEquals(reject(new OutsideWindow(minutes(-30), minutes(45))), decision);
    }
  }

  @ParameterizedTest
  @CsvSource({"164,false", "165,true", "180,true", "239,true", "240,false"})
  void signOutCountsWithinItsWindowOnly(int minutesAfterStart, boolean counts) {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);
    var decision = run.scan(LI, MORNING, Act.OUT, minutes(minutesAfterStart));

    if (counts) {
      counted(decision);
    } else {
      assertEquals(reject(new OutsideWindow(minutes(165), minutes(240))), decision);
    }
  }

  @Test
  void theGatewaysTimeDecidesAboutWindowsAndNotTheDevices() {
    Scan backdated = scan(LI, MORNING, Act.IN, NINE);

    assertEquals(
        reject(new OutsideWindow(minutes(-30), minutes(45))), decide(OPEN, backdated, minutes(50)));
    assertEquals(true, counted(decide(OPEN, scan(LI, MORNING, Act.IN, NINE), minutes(20))).late());
  }

  @ParameterizedTest
  @CsvSource({"-30,false", "10,false", "11,true", "44,true"})
  void whoSignsInAfterTheGraceIsLate(int minutesAfterStart, boolean late) {
    assertEquals(late, counted(decide(OPEN, LI_IN, minutes(minutesAfterStart))).late());
  }

  @Test
  void nobodyIsLateInLeaving() {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);

    assertEquals(false, counted(run.scan(LI, MORNING, Act.OUT, minutes(230))).late());
  }

  @Test
  void nobodyLeavesALessonTheyDidNotEnter() {
    ClassRun run = new ClassRun(OPEN);

    assertEquals(reject(new OutWithoutIn()), run.scan(LI, MORNING, Act.OUT, MORNING.endsAt()));
    run.scan(LI, AFTERNOON, Act.IN, AFTERNOON.startsAt());
    assertEquals(reject(new OutWithoutIn()), run.scan(LI, MORNING, Act.OUT, MORNING.endsAt()));
  }

  @Test
  void oneScanMarksOneLessonOnly() {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);
    run.scan(LI, AFTERNOON, Act.IN, AFTERNOON.startsAt());

    assertEquals(2, run.attended().size());
  }

  @Test
  void everyRecordedScanHoldsHowItsPersonWasVerified() {
    ClassRun run = new ClassRun(OPEN);
    run.scan(LI, MORNING, Act.IN, NINE);

    assertEquals(VERIFIED, run.attended().getFirst().verification());
    assertEquals(LI_IN, run.attended().getFirst().scan());
    assertEquals(NINE, run.attended().getFirst().at());
  }

  @ParameterizedTest
  @EnumSource(
      value = Act.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"IN", "OUT", "CHECK"})
  void onlyInAndOutAndChecksAreScans(Act act) {
    assertThrows(IllegalArgumentException.class, () -> scan(LI, MORNING, act, NINE));
  }

  private static Decision<ClassEvent, ClassRefusal> decide(
      ClassState state, Scan scan, Instant at) {
    return new ClassRun(state).send(record(scan, at));
  }

  private static ClassEvent.Attended counted(Decision<ClassEvent, ClassRefusal> decision) {
    return switch (decision) {
      case Decision.Accepted<ClassEvent, ClassRefusal>(var facts) ->
          assertInstanceOf(ClassEvent.Attended.class, facts.getFirst());
      case Decision.Rejected<ClassEvent, ClassRefusal>(var reason) ->
          throw new AssertionError("refused: " + reason);
    };
  }
}
