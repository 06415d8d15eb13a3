package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand.Change;

/** Statements that are missing, that came twice, too late, or from a device set back. */
final class DeviceGapTest {
  private static final Instant NEXT_DAY = minutes(24 * 60);
  private static final Change WHY = new Change("token-1", "the tablet drowned");

  private final ClassRun run = new ClassRun(Field.open(Field.RULES));
  private final Field door = new Field("D1-1", "S1");

  /** Five taps of two people, each of another thing, in the order of the device's clock. */
  private List<ScanCommand.RecordAttendance> five() {
    return List.of(
        door.offline(LI, MORNING, Act.IN, NINE, NEXT_DAY),
        door.offline(WANG, MORNING, Act.IN, minutes(1), NEXT_DAY),
        door.offline(LI, MORNING, Act.OUT, minutes(180), NEXT_DAY),
        door.offline(WANG, MORNING, Act.OUT, minutes(181), NEXT_DAY),
        door.offline(LI, AFTERNOON, Act.IN, minutes(240), NEXT_DAY));
  }

  private ClassState.Open open() {
    return assertInstanceOf(ClassState.Open.class, run.state());
  }

  private DeviceChainHead head() {
    return DeviceChainHead.in(open().devices(), "D1-1");
  }

  private void gap(long expected, long received, ScanCommand.RecordAttendance tap) {
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.CounterGap(expected, received)),
        run.decide(tap).result());
  }

  private void isRecorded(ScanCommand.RecordAttendance tap) {
    assertInstanceOf(ScanResult.Recorded.class, run.decide(tap).result());
  }

  @Test
  void aGapKnowsTheNearestStatementBehindItInWhateverOrderTheyCome() {
    var taps = five();
    gap(1, 5, taps.get(4));
    gap(1, 3, taps.get(2));
    gap(1, 4, taps.get(3));

    assertEquals(3, head().gapTo());
  }

  @Test
  void aWaiverLeavesOutWhatIsMissingAndNothingThatCameBehindIt() {
    var taps = five();
    gap(1, 5, taps.get(4));
    gap(1, 3, taps.get(2));

    assertEquals(
        accept(new ClassEvent.GapWaived("D1-1", 1, 3, WHY, NEXT_DAY)),
        run.send(new ClassCommand.WaiveGap("D1-1", WHY, NEXT_DAY)));
    isRecorded(taps.get(2));
    isRecorded(taps.get(3));
    isRecorded(taps.get(4));
    assertEquals(List.of(), open().gaps());
  }

  @Test
  void aGapThatIsFilledIsNoLongerOneAndTheNextIsNotedAnew() {
    var taps = five();
    isRecorded(taps.get(0));
    gap(2, 3, taps.get(2));
    assertEquals(List.of("D1-1"), open().gaps());

    isRecorded(taps.get(1));
    isRecorded(taps.get(2));
    assertEquals(List.of(), open().gaps());
    gap(4, 5, taps.get(4));
    assertEquals(List.of("D1-1"), open().gaps());
    assertEquals(2, noted());
  }

  private long noted() {
    return run.events().stream().filter(ClassEvent.DeviceNoted.class::isInstance).count();
  }

  @Test
  void onlyAGapIsWaived() {
    isRecorded(five().getFirst());

    for (String device : List.of("D1-1", "D9-1")) {
      assertEquals(
          reject(new ClassRefusal.NoGap()),
          run.send(new ClassCommand.WaiveGap(device, WHY, NEXT_DAY)));
    }
  }

  @Test
  void theFirstStatementBehindAWaivedGapNeedsToNameNoneAndTheNextOneDoesAgain() {
    var taps = five();
    gap(1, 2, taps.get(1));
    run.send(new ClassCommand.WaiveGap("D1-1", WHY, NEXT_DAY));
    isRecorded(taps.get(1));

    var copy = Field.statement("D1-1", 3, "of another chain", minutes(180));
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.CounterFork()),
        run.decide(of(copy, taps.get(2))).result());
  }

  private static ScanCommand.RecordAttendance of(
      DeviceStatement statement, ScanCommand.RecordAttendance like) {
    Scan scan = like.scan();
    return Field.tap(
        new Scan(
            scan.person(),
            scan.lesson(),
            scan.act(),
            new Scan.Fingerprint(4711),
            new Scan.Fingerprint(4712),
            statement),
        like.circumstances(),
        like.at());
  }

  @Test
  void aClassClosesWhenNoStatementIsMissingOrItIsNotWaitedForAnyLonger() {
    var taps = five();
    gap(1, 2, taps.get(1));
    Instant evening = NEXT_DAY.isAfter(LAST_SCAN) ? NEXT_DAY : LAST_SCAN;

    assertEquals(
        reject(new ClassRefusal.ClosingPending(List.of(), List.of("D1-1"))),
        run.send(new ClassCommand.Close(evening)));
    run.send(new ClassCommand.WaiveGap("D1-1", WHY, NEXT_DAY));
    run.send(new ClassCommand.Close(evening));
    assertEquals("closed", run.state().name());
  }

  @Test
  void aDeviceWhoseBootEpochGoesBackIsStale() {
    var first = door.online(LI, MORNING, Act.IN, NINE);
    isRecorded(rebooted(first, 7));
    var next = door.online(WANG, MORNING, Act.IN, NINE.plusSeconds(2));

    assertEquals(
        new ScanResult.Refused(new ClassRefusal.CounterStale(2)),
        run.decide(rebooted(next, 6)).result());
    isRecorded(rebooted(next, 8));
    assertEquals(8, head().epoch());
  }

  private static ScanCommand.RecordAttendance rebooted(
      ScanCommand.RecordAttendance tap, long epoch) {
    DeviceStatement was = tap.scan().statement();
    var statement =
        new DeviceStatement(
            was.device(),
            was.counter(),
            epoch,
            was.tappedAt(),
            was.monotonicMillis(),
            was.lastBeacon(),
            was.nonce(),
            was.cardCommitment(),
            was.previousHash(),
            was.signature(),
            was.signed());
    Scan scan = tap.scan();
    return Field.tap(
        new Scan(scan.person(), scan.lesson(), scan.act(), scan.key(), scan.body(), statement),
        tap.circumstances(),
        tap.at());
  }

  @Test
  void aCounterOfZeroIsBehindEverything() {
    var tap = door.online(LI, MORNING, Act.IN, NINE);
    var zero = Field.statement("D1-1", 0, DeviceStatement.NO_PREVIOUS, NINE);

    assertEquals(
        new ScanResult.Refused(new ClassRefusal.CounterStale(1)),
        run.decide(of(zero, tap)).result());
  }

  @Test
  void aClassHearsAtMostAHundredDevices() {
    List<ScanResult> outcomes = new ArrayList<>();
    for (int number = 1; number <= StatementRules.DEVICES_MAX + 1; number++) {
      var tap = new Field("D" + number + "-1", "S1").offline(LI, MORNING, Act.IN, NINE, NEXT_DAY);
      outcomes.add(run.decide(tap).result());
    }

    var full = new ScanResult.Refused(new ClassRefusal.DevicesFull(100));
    assertEquals(full, outcomes.getLast());
    // Nor does one get in by a statement that is noted, as behind a gap or of a broken chain.
    var behind = of(Field.statement("D999-1", 2, "x", NINE), five().getFirst());
    assertEquals(new ScanDecision.Sealed<>(List.of(), full), run.decide(behind));
    var broken = of(Field.statement("D999-1", 1, "x", NINE), five().getFirst());
    assertEquals(new ScanDecision.Sealed<>(List.of(), full), run.decide(broken));
    assertEquals(100, open().devices().size());
  }

  @Test
  void aForkedDeviceIsRefusedButItsReceiptsStayValid() {
    var taps = five();
    isRecorded(taps.get(0));
    run.decide(
        of(Field.statement("D1-1", 1, DeviceStatement.NO_PREVIOUS, minutes(2)), taps.get(1)));

    assertEquals(true, head().forked());
    assertInstanceOf(ScanResult.AlreadyRecorded.class, run.decide(taps.get(0)).result());
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.DeviceNotTrusted()),
        run.decide(taps.get(1)).result());
    assertEquals(1, noted());
    assertEquals(1, run.attended().size());
  }

  @Test
  void enrolledAnewADeviceBeginsAChainOfItsOwn() {
    isRecorded(five().getFirst());

    isRecorded(new Field("D1-2", "S1").offline(WANG, MORNING, Act.IN, NINE, NEXT_DAY));
    assertEquals(2, head().expected());
  }

  @Test
  void ofAnotherSchoolsClassADeviceGetsNoInformationAndNothingIsRecorded() {
    var tap = five().get(1);
    var foreign =
        new ScanCommand.RecordAttendance(
            tap.classId(),
            org.skillvoucher.domain.Samples.OTHER_SCHOOL,
            tap.scan(),
            tap.circumstances(),
            tap.verification(),
            Optional.empty(),
            tap.receiptId(),
            tap.subject(),
            tap.at());

    assertEquals(
        new ScanDecision.Sealed<>(
            List.of(), new ScanResult.Refused(new ClassRefusal.NotEnrolled())),
        run.decide(foreign));
  }
}
