package org.skillvoucher.domain.trainingclass;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ScanRules.Eligible;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;

/**
 * Decides statements. Online, only attendance is recorded; offline, every statement with a final
 * answer is, because its device has moved on and the next statement names it.
 */
public final class ScanDecider {
  private static final long NOTED_AGAIN_AFTER_MILLIS = 60_000;

  private ScanDecider() {}

  public static ScanDecision<?> decide(ClassState state, ScanCommand command) {
    return switch (command) {
      case ScanCommand.RecordAttendance scan -> record(state, scan);
      case ScanCommand.Quarantine quarantine -> quarantine(state, quarantine);
    };
  }

  public static ScanDecision<ScanResult.Decided> record(
      ClassState state, ScanCommand.RecordAttendance command) {
    return switch (ScanRules.check(state, command)) {
      case ScanResult.Known known ->
          new ScanDecision.Sealed<>(eventsBeside(known, state, command), known);
      case Eligible eligible -> attendance(eligible, command);
    };
  }

  private static ScanDecision<ScanResult> quarantine(
      ClassState state, ScanCommand.Quarantine command) {
    Question question =
        new Question(
            command.institution(),
            command.received(),
            command.person(),
            command.circumstances(),
            Optional.empty(),
            true,
            command.at());
    return ScanRules.preCheck(state, question)
        .filter(known -> prevails(known, state, command))
        .map(
            known ->
                new ScanDecision.Sealed<ScanResult>(eventsBeside(known, state, command), known))
        .orElseGet(
            () ->
                new ScanDecision.Sealed<>(
                    quarantineEvents(state, command, command.reason(), false),
                    new ScanResult.Quarantined()));
  }

  /** Whether this is the answer, not the reason for which the statement is to be quarantined. */
  private static boolean prevails(
      ScanResult.Known known, ClassState state, ScanCommand.Quarantine command) {
    return switch (known) {
      case ScanResult.AlreadyRecorded recorded -> true;
      case ScanResult.Duplicate duplicate -> false;
      case ScanResult.Refused(var reason) ->
          isOnline(command)
              || isOfItsChain(reason)
              || !(state instanceof Open)
              || !ScanRules.isOf(command.institution(), state);
    };
  }

  /** What is recorded of a statement that gives no receipt. */
  private static List<ClassEvent> eventsBeside(
      ScanResult.Known known, ClassState state, ScanCommand command) {
    return switch (known) {
      case ScanResult.AlreadyRecorded recorded -> List.of();
      case ScanResult.Duplicate(var event, var inTime, var counterUsed) ->
          quarantineEvents(state, command, "repeated", inTime);
      case ScanResult.Refused(var reason)
          when state instanceof Open open && ScanRules.isOf(command.institution(), state) ->
          eventsBeside(reason, open, command);
      case ScanResult.Refused ofAnotherState -> List.of();
    };
  }

  private static List<ClassEvent> eventsBeside(
      ClassRefusal reason, Open open, ScanCommand command) {
    return switch (reason) {
      case ClassRefusal.CounterGap gap -> noted(open, command, DeviceAnomaly.GAP);
      case ClassRefusal.CounterFork fork -> noted(open, command, DeviceAnomaly.FORK);
      case ClassRefusal.TapRate rate when isOnline(command) ->
          noted(open, command, DeviceAnomaly.TAP_RATE);
      case ClassRefusal other when isOnline(command) || isOfItsChain(other) -> List.of();
      case ClassRefusal other -> quarantineEvents(open, command, other.code(), false);
    };
  }

  private static boolean isOnline(ScanCommand command) {
    return command.circumstances().offline().isEmpty();
  }

  /** Refusals of the statement's place in its chain: it does not become part of it. */
  private static boolean isOfItsChain(ClassRefusal reason) {
    return reason instanceof ClassRefusal.CounterGap
        || reason instanceof ClassRefusal.CounterFork
        || reason instanceof ClassRefusal.CounterStale
        || reason instanceof ClassRefusal.DeviceNotTrusted
        || reason instanceof ClassRefusal.DevicesFull
        || reason instanceof ClassRefusal.KeyReused;
  }

  /** Records an anomaly of the device once. */
  private static List<ClassEvent> noted(Open open, ScanCommand command, DeviceAnomaly anomaly) {
    DeviceStatement statement = command.received().statement();
    DeviceChainHead head = DeviceChainHead.in(open.devices(), statement.device());
    boolean known =
        switch (anomaly) {
          // A lower counter narrows the gap, so that a waiver leaves out no more than it must.
          case GAP -> head.gapTo() > 0 && head.gapTo() <= statement.counter();
          case FORK -> head.forked();
          case TAP_RATE ->
              Math.abs(statement.tappedAt().toEpochMilli() - head.notedMillis())
                  < NOTED_AGAIN_AFTER_MILLIS;
        };
    return known
        ? List.of()
        : List.of(
            new ClassEvent.DeviceNoted(
                anomaly,
                command.received().lesson(),
                command.received().act(),
                statement,
                head.expected(),
                command.at()));
  }

  /** Uses up the statement's counter, once; what was captured gets its final answer, once. */
  private static List<ClassEvent> quarantineEvents(
      ClassState state, ScanCommand command, String reason, boolean inTime) {
    ReceivedStatement received = command.received();
    if (!(state instanceof Open open) || isOnline(command)) {
      return List.of();
    }
    Optional<ScanLedger.Numbered> numbered = StatementRules.numbered(received);
    Optional<ScanLedger.Quarantined> before = numbered.flatMap(open.ledger()::quarantined);
    boolean settles =
        before.map(ScanLedger.Quarantined::captured).orElse(false)
            && !reason.equals(ClassEvent.Quarantined.CAPTURED);
    return numbered.isEmpty() || (before.isPresent() && !inTime && !settles)
        ? List.of()
        : List.of(
            new ClassEvent.Quarantined(
                personOf(command),
                received.lesson(),
                received.act(),
                received.body(),
                received.statement(),
                reason,
                inTime,
                command.circumstances(),
                command.at()));
  }

  private static Optional<PersonPseudonym> personOf(ScanCommand command) {
    return switch (command) {
      case ScanCommand.RecordAttendance scan -> Optional.of(scan.scan().person());
      case ScanCommand.Quarantine quarantine -> quarantine.person();
    };
  }

  private static ScanDecision.Attendance attendance(
      Eligible eligible, ScanCommand.RecordAttendance command) {
    return new ScanDecision.Attendance(
        command.scan(),
        eligible.late(),
        eligible.voucher(),
        command.verification(),
        receipt(eligible.open(), command, eligible.voucher()),
        command.circumstances(),
        command.at());
  }

  private static ReceiptDraft receipt(
      Open open, ScanCommand.RecordAttendance command, String voucher) {
    Scan scan = command.scan();
    DeviceStatement statement = scan.statement();
    Optional<Offline> offline = command.circumstances().offline();
    return new ReceiptDraft(
        command.receiptId(),
        scan.act(),
        command.classId() + "/" + scan.lesson(),
        open.chain().sequence() + 1,
        open.chain().lastPayloadHash(),
        Math.max(command.at().toEpochMilli(), open.chain().lastIssuedAtMillis()),
        command.subject(),
        new ReceiptDraft.Tap(
            statement.tappedAt().toEpochMilli(),
            offline.map(how -> TapTimes.low(open.plan().rules().fieldRules(), how).toEpochMilli()),
            offline.map(how -> how.arrivedAt().toEpochMilli())),
        voucher,
        statement
            .signed()
            .map(
                signed ->
                    new ReceiptDraft.Device(
                        statement.device(), statement.counter(), signed.hash())));
  }
}
