package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED_AT;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.hash;
import static org.skillvoucher.domain.trainingclass.Classes.question;
import static org.skillvoucher.domain.trainingclass.Classes.record;
import static org.skillvoucher.domain.trainingclass.Classes.scan;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.trainingclass.ClassRefusal.KeyReused;
import org.skillvoucher.domain.trainingclass.ClassRefusal.LessonsRemain;
import org.skillvoucher.domain.trainingclass.ClassRefusal.OutsideWindow;

/** A scan that is sent again, and the chain of receipts that grows by each new one only. */
final class RepeatedScanTest {
  private static final Scan FIRST = scan(LI, MORNING, Act.IN, NINE, 1, 1);

  private final ClassRun run = new ClassRun(OPEN);

  @Test
  void theSameKeyWithTheSameBodyIsTheSameScan() {
    run.send(record(FIRST, NINE));

    assertEquals(already(), run.send(record(FIRST, minutes(1))));
    assertEquals(1, run.attended().size());
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    run.send(record(FIRST, NINE));

    assertEquals(
        reject(new KeyReused()), run.send(record(scan(LI, MORNING, Act.IN, NINE, 1, 2), NINE)));
    assertEquals(
        reject(new KeyReused()), run.send(record(scan(LI, AFTERNOON, Act.IN, NINE, 1, 2), NINE)));
  }

  @Test
  void aSecondScanInOneLessonIsTheFirstWhateverItsKeyAndBody() {
    run.send(record(FIRST, NINE));

    assertEquals(already(), run.send(record(scan(LI, MORNING, Act.IN, NINE, 2, 2), minutes(5))));
    assertEquals(1, run.attended().size());
  }

  @Test
  void aRepeatIsAnsweredFromTheEventThatRecordedIt() {
    run.send(new ClassCommand.WithdrawVoucher(LI, VOUCHER, NINE));
    run.send(new ClassCommand.AdmitVoucher(LI, VOUCHER, NINE));
    run.send(record(FIRST, NINE));

    assertEquals(
        Optional.of(new ScanResult.AlreadyRecorded(3)),
        ScanRules.preCheck(run.state(), question(FIRST, SCHOOL, NINE)));
  }

  @Test
  void aRepeatIsAnsweredWhenItsWindowHasLongClosed() {
    run.send(record(FIRST, NINE));

    assertEquals(already(), run.send(record(FIRST, minutes(100_000))));
  }

  @Test
  void aRepeatIsAnsweredAfterTheVoucherWasWithdrawn() {
    run.send(record(FIRST, NINE));
    run.send(new ClassCommand.WithdrawVoucher(LI, VOUCHER, NINE));

    assertEquals(already(), run.send(record(FIRST, NINE)));
  }

  @Test
  void aRepeatIsAnsweredAfterTheClassClosedAndSoIsAReusedKey() {
    run.send(record(FIRST, NINE));
    run.send(new ClassCommand.Close(LAST_SCAN));

    assertEquals(already(), run.send(record(FIRST, LAST_SCAN)));
    assertEquals(already(), run.send(record(scan(LI, MORNING, Act.IN, NINE, 2, 2), LAST_SCAN)));
    assertEquals(
        reject(new KeyReused()),
        run.send(record(scan(LI, MORNING, Act.IN, NINE, 1, 2), LAST_SCAN)));
  }

  @Test
  void aSecondScanIsTheFirstEvenIfItsDevicesClockIsWrong() {
    run.send(record(FIRST, NINE));

    assertEquals(
        already(),
        run.send(record(scan(LI, MORNING, Act.IN, APPROVED_AT.minusSeconds(1), 2, 2), NINE)));
  }

  @Test
  void aRefusedScanIsNotRecordedAndIsDecidedAnewWhenItIsSentAgain() {
    assertEquals(
        reject(new OutsideWindow(minutes(-30), minutes(45))),
        run.send(record(FIRST, minutes(-31))));
    run.send(record(FIRST, minutes(-30)));

    assertEquals(1, run.attended().size());
  }

  @Test
  void theFirstReceiptHasNoneBeforeItAndEachLaterOneNamesTheOneBefore() {
    run.scan(LI, MORNING, Act.IN, NINE);
    run.scan(LI, MORNING, Act.OUT, MORNING.endsAt());
    run.scan(LI, AFTERNOON, Act.IN, AFTERNOON.startsAt());

    List<ReceiptDraft> drafts = run.drafts();
    assertEquals(List.of(1L, 2L, 3L), drafts.stream().map(ReceiptDraft::sequence).toList());
    assertEquals(
        List.of("A".repeat(43), hash(1), hash(2)),
        drafts.stream().map(ReceiptDraft::previousHash).toList());
    assertEquals(
        List.of("C1/am", "C1/am", "C1/pm"), drafts.stream().map(ReceiptDraft::place).toList());
    assertEquals(List.of(Act.IN, Act.OUT, Act.IN), drafts.stream().map(ReceiptDraft::act).toList());
  }

  @Test
  void issueTimeNeverGoesBackWhenTheClockDoes() {
    run.scan(LI, AFTERNOON, Act.IN, AFTERNOON.startsAt());
    run.scan(LI, MORNING, Act.IN, NINE);

    List<ReceiptDraft> drafts = run.drafts();
    assertEquals(AFTERNOON.startsAt().toEpochMilli(), drafts.get(0).issuedAtMillis());
    assertEquals(AFTERNOON.startsAt().toEpochMilli(), drafts.get(1).issuedAtMillis());
    assertEquals(NINE.toEpochMilli(), drafts.get(1).tap().millis());
    assertEquals(NINE, run.attended().get(1).at());
  }

  @Test
  void aClosedClassKnowsWhoCompletedAndWithWhichVoucher() {
    run.scan(LI, MORNING, Act.IN, NINE);
    run.scan(LI, MORNING, Act.OUT, MORNING.endsAt());
    assertEquals(List.of(), ClosedSheet.completedVouchers(closed()));

    run.scan(LI, AFTERNOON, Act.IN, minutes(255));
    run.scan(LI, AFTERNOON, Act.OUT, AFTERNOON.endsAt());
    assertEquals(
        List.of(
            new AttendanceSheet.Row(
                LI,
                2,
                0,
                1,
                360,
                100,
                true,
                new AttendanceSheet.Detail(180, 180, 360, 0, 2, 0, 0),
                new AttendanceSheet.Origin(0, 0, 0, 360, 100, true, List.of())),
            new AttendanceSheet.Row(
                WANG,
                0,
                0,
                0,
                0,
                0,
                false,
                new AttendanceSheet.Detail(0, 0, 0, 0, 0, 0, 0),
                new AttendanceSheet.Origin(0, 0, 0, 0, 0, false, List.of()))),
        ClosedSheet.of(closed()).rows());
    assertEquals(List.of(VOUCHER), ClosedSheet.completedVouchers(closed()));
  }

  /** The class as it would be if it closed now; the run itself goes on. */
  private ClassState.Closed closed() {
    ClassState after =
        ClassEvolution.evolve(run.state(), new ClassEvent.Closed(0, "", LAST_SCAN), 99);
    return assertInstanceOf(ClassState.Closed.class, after);
  }

  @Test
  void aClassClosesWhenTheLastScanCanHaveComeAndNotBefore() {
    run.scan(LI, MORNING, Act.IN, NINE);

    assertEquals(
        reject(new LessonsRemain(LAST_SCAN)),
        run.send(new ClassCommand.Close(LAST_SCAN.minusMillis(1))));
    run.send(new ClassCommand.Close(LAST_SCAN));
    assertEquals(new ClassEvent.Closed(1, hash(1), LAST_SCAN), run.events().getLast());
  }
}
