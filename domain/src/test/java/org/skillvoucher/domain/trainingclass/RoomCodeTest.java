package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;

/** The room's code (课堂码), which a person scans with a phone: F2. */
final class RoomCodeTest {
  private static final Fingerprint LIS_PHONE = new Fingerprint(11);
  private static final Fingerprint WANGS_PHONE = new Fingerprint(22);

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));
  private int requests;

  /** One scan of the code that was shown in a five-second step. */
  private ScanResult scan(
      PersonPseudonym person, Lesson lesson, Act act, long step, Fingerprint phone, Instant at) {
    return scan(person, lesson, act, step, phone, at, at);
  }

  private ScanResult scan(
      PersonPseudonym person,
      Lesson lesson,
      Act act,
      long step,
      Fingerprint phone,
      Instant shownAt,
      Instant now) {
    long key = ++requests;
    var scan =
        new Scan(
            person,
            lesson.id(),
            act,
            new Fingerprint(key),
            new Fingerprint(-key),
            DeviceStatement.unsigned("D1-1", shownAt));
    return run.decide(tap(scan, step, phone, now)).result();
  }

  private static ScanCommand.RecordAttendance tap(
      Scan scan, long step, Fingerprint phone, Instant now) {
    return Field.tap(
        scan,
        new Circumstances(
            "S1",
            "R1",
            Optional.empty(),
            Optional.of(new RoomCodeUse(step, phone)),
            Optional.empty()),
        now);
  }

  private static void refused(ClassRefusal reason, ScanResult outcome) {
    assertEquals(new ScanResult.Refused(reason), outcome);
  }

  private static void isRecorded(ScanResult outcome) {
    assertInstanceOf(ScanResult.Recorded.class, outcome);
  }

  private void callSpotCheck(Instant at) {
    run.send(new ClassCommand.CallSpotCheck(MORNING.id(), 10, "token-1", at));
  }

  @Test
  void whoScansTheRoomsCodeIsHereAndNoDevicesSignatureIsClaimed() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    assertEquals(Optional.empty(), run.drafts().getFirst().device());
    assertEquals(
        Optional.of(new RoomCodeUse(100, LIS_PHONE)),
        run.attended().getFirst().circumstances().orElseThrow().roomCode());
  }

  @Test
  void oneCodeServesEverybodyInTheRoom() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));
    isRecorded(scan(WANG, MORNING, Act.IN, 100, WANGS_PHONE, NINE));
  }

  @Test
  void oneCodeServesOnePersonForOneThing() {
    callSpotCheck(NINE);
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    refused(new ClassRefusal.CodeAlreadyUsed(), scan(LI, MORNING, Act.CHECK, 100, LIS_PHONE, NINE));
    isRecorded(scan(LI, MORNING, Act.CHECK, 101, LIS_PHONE, NINE.plusSeconds(5)));
  }

  @Test
  void aCodeBeforeTheLastOneUsedIsUsedUpToo() {
    callSpotCheck(NINE);
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    refused(new ClassRefusal.CodeAlreadyUsed(), scan(LI, MORNING, Act.CHECK, 99, LIS_PHONE, NINE));
  }

  @Test
  void aCardTappedInBetweenDoesNotMakeAUsedCodeFresh() {
    callSpotCheck(NINE);
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));
    isRecorded(
        run.decide(new Field("D1-1", "S1").online(LI, MORNING, Act.CHECK, NINE.plusSeconds(1)))
            .result());

    refused(
        new ClassRefusal.CodeAlreadyUsed(),
        scan(LI, MORNING, Act.OUT, 100, LIS_PHONE, MORNING.endsAt()));
    isRecorded(scan(LI, MORNING, Act.OUT, 3000, LIS_PHONE, MORNING.endsAt()));
  }

  @Test
  void theSameThingByAnotherCodeIsTheFirstReceipt() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    for (long step : new long[] {100, 101}) {
      var again =
          assertInstanceOf(
              ScanResult.Duplicate.class, scan(LI, MORNING, Act.IN, step, LIS_PHONE, NINE));
      assertEquals(1, again.eventNumber());
    }
    assertEquals(1, run.attended().size());
  }

  @Test
  void onePhoneSignsInOnePersonInTheWholeClass() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    refused(new ClassRefusal.PhoneAlreadyUsed(), scan(WANG, MORNING, Act.IN, 101, LIS_PHONE, NINE));
    refused(
        new ClassRefusal.PhoneAlreadyUsed(),
        scan(WANG, AFTERNOON, Act.IN, 9000, LIS_PHONE, AFTERNOON.startsAt()));
    isRecorded(scan(WANG, MORNING, Act.IN, 101, WANGS_PHONE, NINE));
  }

  @Test
  void aPersonMayComeWithAnotherPhone() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));

    isRecorded(scan(LI, AFTERNOON, Act.IN, 3000, WANGS_PHONE, AFTERNOON.startsAt()));
    refused(
        new ClassRefusal.PhoneAlreadyUsed(),
        scan(WANG, AFTERNOON, Act.IN, 3001, WANGS_PHONE, AFTERNOON.startsAt()));
  }

  @Test
  void whatAPhoneDidIsStillKnownAfterASnapshot() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));
    var open = assertInstanceOf(ClassState.Open.class, run.state());
    ScanLedger read = ScanLedger.of(open.ledger().entries(), open.ledger().quarantined());
    var later = new ClassRun(open.with(read));

    var scan =
        new Scan(
            WANG,
            MORNING.id(),
            Act.IN,
            new Fingerprint(99),
            new Fingerprint(-99),
            DeviceStatement.unsigned("D1-1", NINE));
    refused(
        new ClassRefusal.PhoneAlreadyUsed(),
        later.decide(tap(scan, 101, LIS_PHONE, NINE)).result());
  }

  @Test
  void theGatewaysTimeCountsAndNoDevicesClockIsAsked() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE.minusSeconds(9), NINE));

    assertEquals(List.of(NINE.toEpochMilli()), issued());
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.OutsideWindow(minutes(-30), minutes(45))),
        scan(WANG, MORNING, Act.IN, 101, WANGS_PHONE, NINE, minutes(45)));
  }

  private List<Long> issued() {
    return run.drafts().stream().map(draft -> draft.issuedAtMillis()).toList();
  }

  @Test
  void theDeviceThatShowsTheCodeUsesUpNoCounterByIt() {
    isRecorded(scan(LI, MORNING, Act.IN, 100, LIS_PHONE, NINE));
    isRecorded(scan(WANG, MORNING, Act.IN, 100, WANGS_PHONE, NINE));

    isRecorded(
        run.decide(new Field("D1-1", "S1").online(LI, MORNING, Act.OUT, MORNING.endsAt()))
            .result());
  }
}
