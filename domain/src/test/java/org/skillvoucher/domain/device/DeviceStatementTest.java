package org.skillvoucher.domain.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.PACK;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.open;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassRun;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Field;
import org.skillvoucher.domain.trainingclass.ScanDecision;
import org.skillvoucher.domain.trainingclass.ScanResult;

/**
 * What a device's signed statements must be to count: next of their chain, and of a proven time.
 */
final class DeviceStatementTest {
  private static final ClassRules FIELD_RULES =
      new ClassRules(
          PACK,
          3,
          4,
          new AttendanceRules(30, 10, 45, 15, 60, 45, 80, false),
          Optional.of(new FieldRules(72, 120, 500, 10, false, 24, false)),
          Optional.empty());

  private final ClassRun run = new ClassRun(open(FIELD_RULES));
  private final Field device = new Field("D1-1", "S1");

  private static final Instant LATER = minutes(60 * 24);

  private ClassRefusal refused(ScanCommand command) {
    return assertInstanceOf(ScanResult.Refused.class, run.decide(command).result()).reason();
  }

  private void isRecorded(ScanCommand command) {
    assertInstanceOf(ScanResult.Recorded.class, run.decide(command).result());
  }

  private static List<Class<?>> kinds(List<ClassEvent> events) {
    return events.stream().<Class<?>>map(Object::getClass).toList();
  }

  @Test
  void statementsOfOneDeviceAreRecordedInTheirOrder() {
    isRecorded(device.online(LI, MORNING, Act.IN, NINE));
    isRecorded(device.online(WANG, MORNING, Act.IN, NINE.plusSeconds(1)));

    assertEquals(
        List.of(1L, 2L),
        run.attended().stream().map(event -> event.scan().statement().counter()).toList());
    assertEquals("D1-1", run.drafts().getFirst().device().orElseThrow().id());
    assertEquals(2, run.drafts().getLast().device().orElseThrow().sequence());
  }

  @Test
  void aStatementBehindAGapWaitsAndTheGapIsRecordedOnce() {
    ScanCommand.RecordAttendance first = device.online(LI, MORNING, Act.IN, NINE);
    ScanCommand.RecordAttendance second = device.online(WANG, MORNING, Act.IN, NINE.plusSeconds(1));

    ScanDecision.Sealed<?> early = run.decide(second);
    assertEquals(new ScanResult.Refused(new ClassRefusal.CounterGap(1, 2)), early.result());
    assertEquals(List.of(ClassEvent.DeviceNoted.class), kinds(early.events()));
    assertEquals(List.of(), run.decide(second).events());

    isRecorded(first);
    isRecorded(second);
    assertEquals(List.of(), openGaps());
  }

  private List<String> openGaps() {
    return assertInstanceOf(ClassState.Open.class, run.state()).gaps();
  }

  @Test
  void aGapThatIsWaivedIsNotWaitedForAndWhatWasMissingComesTooLate() {
    ScanCommand.RecordAttendance lost = device.online(LI, MORNING, Act.IN, NINE);
    ScanCommand.RecordAttendance next = device.online(WANG, MORNING, Act.IN, NINE.plusSeconds(1));
    refused(next);
    run.send(
        new ClassCommand.WaiveGap(
            "D1-1", new ClassCommand.Change("token-1", "the tablet drowned"), NINE));

    isRecorded(next);
    assertEquals(new ClassRefusal.CounterStale(3), refused(lost));
  }

  @Test
  void aWaivedGapEndsAtTheFirstStatementTheDeviceStillHasWhateverCameFirst() {
    ScanCommand.RecordAttendance lost = device.online(LI, MORNING, Act.IN, NINE);
    ScanCommand.RecordAttendance next = device.online(WANG, MORNING, Act.IN, NINE.plusSeconds(1));
    ScanCommand.RecordAttendance last = device.online(LI, MORNING, Act.IN, NINE.plusSeconds(2));
    refused(last);
    refused(next);
    assertEquals(List.of(), run.decide(last).events());
    run.send(
        new ClassCommand.WaiveGap(
            "D1-1", new ClassCommand.Change("token-1", "the tablet drowned"), NINE));

    isRecorded(next);
    isRecorded(last);
    assertEquals(new ClassRefusal.CounterStale(4), refused(lost));
  }

  @Test
  void twoContentsUnderOneCounterAreAForkAndNothingMoreIsTakenOfTheDevice() {
    Field copy = new Field("D1-1", "S1");
    isRecorded(device.online(LI, MORNING, Act.IN, NINE));

    ScanDecision.Sealed<?> fork =
        run.decide(copy.online(WANG, MORNING, Act.IN, NINE.plusSeconds(2)));
    assertEquals(new ScanResult.Refused(new ClassRefusal.CounterFork()), fork.result());
    assertEquals(List.of(ClassEvent.DeviceNoted.class), kinds(fork.events()));
    assertEquals(
        new ClassRefusal.DeviceNotTrusted(),
        refused(device.online(WANG, MORNING, Act.IN, NINE.plusSeconds(3))));
    isRecorded(new Field("D2-1", "S1").online(WANG, MORNING, Act.IN, NINE.plusSeconds(4)));
  }

  @Test
  void aStatementThatNamesAnotherPreviousOneIsAForkToo() {
    Field copy = new Field("D1-1", "S1");
    isRecorded(device.online(LI, MORNING, Act.IN, NINE));
    copy.online(LI, MORNING, Act.IN, NINE.plusSeconds(1)); // never sent

    assertEquals(
        new ClassRefusal.CounterFork(),
        refused(copy.online(WANG, MORNING, Act.IN, NINE.plusSeconds(2))));
  }

  @Test
  void theSameStatementAgainIsTheSameScanUnderWhateverKey() {
    ScanCommand.RecordAttendance scan = device.online(LI, MORNING, Act.IN, NINE);
    isRecorded(scan);
    Scan otherKey =
        new Scan(
            LI,
            MORNING.id(),
            Act.IN,
            new Scan.Fingerprint(4711),
            scan.scan().body(),
            scan.scan().statement());

    assertInstanceOf(ScanResult.AlreadyRecorded.class, run.decide(scan).result());
    assertInstanceOf(
        ScanResult.AlreadyRecorded.class,
        run.decide(Field.tap(otherKey, scan.circumstances(), minutes(300))).result());
  }

  @Test
  void onlineARefusalUsesUpNoCounter() {
    ScanCommand.RecordAttendance early = device.online(LI, MORNING, Act.IN, minutes(-40));
    assertInstanceOf(ClassRefusal.OutsideWindow.class, refused(early));

    isRecorded(new Field("D1-1", "S1").online(LI, MORNING, Act.IN, NINE));
  }

  @Test
  void offlineARefusedStatementIsQuarantinedAndTheNextNamesIt() {
    ScanCommand.RecordAttendance early = device.offline(LI, MORNING, Act.IN, minutes(-40), LATER);
    ScanDecision.Sealed<?> refused = run.decide(early);
    assertEquals(List.of(ClassEvent.Quarantined.class), kinds(refused.events()));
    isRecorded(device.offline(WANG, MORNING, Act.IN, NINE, LATER));

    assertInstanceOf(ScanResult.Refused.class, run.decide(early).result());
    assertEquals(List.of(), run.decide(early).events());
  }

  @Test
  void aCardThatCouldNotBeVerifiedIsCapturedAndCountsOnceItIs() {
    ScanCommand.RecordAttendance scan = device.offline(LI, MORNING, Act.IN, NINE, LATER);
    ScanDecision.Sealed<?> captured = run.decide(device.quarantine(scan, "captured"));
    assertInstanceOf(ScanResult.Quarantined.class, captured.result());
    assertEquals(List.of(ClassEvent.Quarantined.class), kinds(captured.events()));
    isRecorded(device.offline(WANG, MORNING, Act.IN, NINE.plusSeconds(1), LATER));

    isRecorded(scan);
    assertInstanceOf(ScanResult.AlreadyRecorded.class, run.decide(scan).result());
    assertEquals(List.of(WANG, LI), run.attended().stream().map(e -> e.scan().person()).toList());
  }

  @Test
  void aCapturedStatementIsRecordedOnceMoreWithItsFinalAnswer() {
    ScanCommand.RecordAttendance early = device.offline(LI, MORNING, Act.IN, minutes(-40), LATER);
    run.decide(device.quarantine(early, "captured"));
    assertEquals(List.of(), run.decide(device.quarantine(early, "captured")).events());

    ScanDecision.Sealed<?> refused = run.decide(early);
    assertEquals(List.of(ClassEvent.Quarantined.class), kinds(refused.events()));
    assertEquals(
        List.of("captured", "outside_window"),
        run.events().stream()
            .filter(ClassEvent.Quarantined.class::isInstance)
            .map(event -> ((ClassEvent.Quarantined) event).reason())
            .toList());
    assertEquals(List.of(), run.decide(early).events());
  }

  @Test
  void anotherContentUnderACapturedCounterIsAFork() {
    Field copy = new Field("D1-1", "S1");
    run.decide(device.quarantine(device.offline(LI, MORNING, Act.IN, NINE, LATER), "captured"));

    assertEquals(
        new ClassRefusal.CounterFork(),
        refused(copy.offline(WANG, MORNING, Act.IN, NINE.plusSeconds(5), LATER)));
  }

  @Test
  void twoTapsFasterThanPeopleAreRefusedOnlineAndNoted() {
    isRecorded(device.online(LI, MORNING, Act.IN, NINE));
    Field same = new Field("D1-1", "S1");
    same.online(LI, MORNING, Act.IN, NINE);

    ScanDecision.Sealed<?> fast =
        run.decide(same.online(WANG, MORNING, Act.IN, NINE.plusMillis(499)));
    assertEquals(new ScanResult.Refused(new ClassRefusal.TapRate()), fast.result());
    assertEquals(List.of(ClassEvent.DeviceNoted.class), kinds(fast.events()));
  }

  @Test
  void onlineTheDevicesClockMayBeOffByTwoMinutes() {
    Scan fast = device.online(LI, MORNING, Act.IN, NINE.plusSeconds(120)).scan();
    Scan tooFast =
        new Field("D2-1", "S1").online(LI, MORNING, Act.IN, NINE.plusSeconds(121)).scan();
    Circumstances here = Circumstances.online("S1", "R1");

    assertEquals(new ClassRefusal.ClockSkew(NINE), refused(Field.tap(tooFast, here, NINE)));
    isRecorded(Field.tap(fast, here, NINE));
  }

  @Test
  void anOfflineTapCountsByItsOwnTimeWhenABeaconProvesIt() {
    isRecorded(device.offline(LI, MORNING, Act.IN, NINE, NINE.plusSeconds(72 * 3600)));

    assertEquals(false, run.attended().getFirst().late());
    assertEquals(Optional.of(NINE.toEpochMilli()), run.drafts().getFirst().tap().lowMillis());
    assertEquals(
        Optional.of(NINE.plusSeconds(72 * 3600).toEpochMilli()),
        run.drafts().getFirst().tap().highMillis());
  }

  @Test
  void anOfflineTapOlderThanSeventyTwoHoursProvesNothing() {
    assertEquals(
        new ClassRefusal.TapTimeUnprovable(72),
        refused(device.offline(LI, MORNING, Act.IN, NINE, NINE.plusSeconds(72 * 3600 + 1))));
  }

  @Test
  void anOfflineTapWithoutABeaconOfOursProvesNothingUnlessItIsFresh() {
    Scan scan = device.online(LI, MORNING, Act.IN, NINE).scan();

    assertEquals(
        new ClassRefusal.TapTimeUnprovable(72),
        refused(Field.tap(scan, beacon(Optional.empty(), minutes(3)), minutes(3))));
    Scan next = device.online(LI, MORNING, Act.IN, NINE.plusSeconds(2)).scan();
    isRecorded(Field.tap(next, beacon(Optional.empty(), minutes(2)), minutes(2)));
  }

  @Test
  void aClockThatWasSetBackSinceTheBeaconIsFound() {
    Scan scan = device.online(LI, MORNING, Act.IN, NINE).scan();
    Instant heardTwoHoursLater = minutes(120);

    assertEquals(
        new ClassRefusal.TapTimeUnprovable(72),
        refused(Field.tap(scan, beacon(Optional.of(heardTwoHoursLater), LATER), LATER)));
  }

  private static Circumstances beacon(Optional<Instant> received, Instant arrivedAt) {
    return new Circumstances(
        "S1",
        "R1",
        Optional.of(new Offline(received, arrivedAt)),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void offlineTheScanOutMayArriveBeforeTheScanIn() {
    Field door = new Field("D2-1", "S1");
    ScanCommand.RecordAttendance in = device.offline(LI, MORNING, Act.IN, NINE, LATER);
    isRecorded(door.offline(LI, MORNING, Act.OUT, MORNING.endsAt(), LATER));
    isRecorded(in);

    assertEquals(2, run.attended().size());
  }

  @Test
  void anOfflineRepeatThatWasInTimeClearsTheLateMarkOfTheOneThatCameFirst() {
    isRecorded(device.offline(LI, MORNING, Act.IN, minutes(20), LATER));
    assertEquals(true, run.attended().getFirst().late());

    ScanDecision.Sealed<?> repeat =
        run.decide(new Field("D2-1", "S1").offline(LI, MORNING, Act.IN, NINE, LATER));

    assertInstanceOf(ScanResult.Duplicate.class, repeat.result());
    assertTrue(
        assertInstanceOf(ClassState.Open.class, run.state()).ledger().entries().stream()
            .noneMatch(ScanLedger.Entry::late));
  }

  @Test
  void aScanForOneLessonNeverMarksALaterOne() {
    isRecorded(device.online(LI, MORNING, Act.IN, NINE));

    assertInstanceOf(
        ClassRefusal.OutWithoutIn.class,
        refused(device.online(LI, AFTERNOON, Act.OUT, AFTERNOON.endsAt())));
  }

  @Test
  void ofASuspendedInstitutionNothingCountsFromThatSecondOn() {
    for (int seconds : new int[] {-1, 0}) {
      ScanCommand.RecordAttendance scan =
          new Field("D" + (seconds + 2) + "-1", "S1")
              .online(seconds < 0 ? LI : WANG, MORNING, Act.IN, NINE.plusSeconds(seconds));
      var stopped =
          new ScanCommand.RecordAttendance(
              scan.classId(),
              scan.institution(),
              scan.scan(),
              scan.circumstances(),
              scan.verification(),
              Optional.of(NINE),
              scan.receiptId(),
              scan.subject(),
              scan.at());
      if (seconds < 0) {
        isRecorded(stopped);
      } else {
        assertEquals(new ClassRefusal.InstitutionSuspended(NINE), refused(stopped));
      }
    }
  }
}
