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
import org.skillvoucher.domain.trainingclass.ScanDecision.Outcome;
import org.skillvoucher.domain.trainingclass.ScanRules.Check;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;

/**
 * What a class makes of a statement. Online, only what counts is kept; offline every statement with
 * a final answer is, because its device has moved on and the next one names it.
 */
public final class ScanDecider {
  private static final long NOTED_AGAIN_AFTER_MILLIS = 60_000;

  private ScanDecider() {}

  public static ScanDecision decide(ClassState state, ScanCommand command) {
    return switch (command) {
      case ScanCommand.Record keep -> record(state, keep);
      case ScanCommand.Quarantine aside -> quarantine(state, aside);
    };
  }

  private static ScanDecision record(ClassState state, ScanCommand.Record command) {
    return switch (ScanRules.check(state, Question.of(command))) {
      case Check.AlreadyRecorded(var entry) ->
          new ScanDecision(List.of(), new Outcome.AlreadyRecorded(entry));
      case Check.Eligible(var open, var late, var voucher) ->
          new ScanDecision(List.of(draft(open, command, late, voucher)), new Outcome.Recorded());
      case Check.Duplicate(var entry, var inTime) ->
          new ScanDecision(
              quarantineFacts(state, command, "repeated", inTime), new Outcome.Duplicate(entry));
      case Check.Refused(var reason) -> refused(state, command, reason);
      case Check.PersonUnknown unresolved ->
          throw new IllegalStateException("a scan to be recorded has a person");
    };
  }

  private static ScanDecision quarantine(ClassState state, ScanCommand.Quarantine command) {
    Question question =
        new Question(
            command.institution(),
            command.received(),
            command.person(),
            command.circumstances(),
            Optional.empty(),
            true,
            command.at());
    return switch (ScanRules.check(state, question)) {
      case Check.AlreadyRecorded(var entry) ->
          new ScanDecision(List.of(), new Outcome.AlreadyRecorded(entry));
      case Check.Refused(var reason) when isOnline(command) || isOfItsChain(reason) ->
          refused(state, command, reason);
      case Check.Refused(var reason)
          when !(state instanceof Open) || !ScanRules.isOf(command.institution(), state) ->
          ScanDecision.refused(reason);
      // Whatever else is against it, the reason it came with is the answer.
      case Check.Refused refused -> quarantined(state, command);
      case Check.PersonUnknown unresolved -> quarantined(state, command);
      case Check.Duplicate repeats -> quarantined(state, command);
      case Check.Eligible counts -> quarantined(state, command);
    };
  }

  private static ScanDecision quarantined(ClassState state, ScanCommand.Quarantine command) {
    return new ScanDecision(
        quarantineFacts(state, command, command.reason(), false), new Outcome.Quarantined());
  }

  private static ScanDecision refused(ClassState state, ScanCommand command, ClassRefusal reason) {
    if (!(state instanceof Open open) || !ScanRules.isOf(command.institution(), state)) {
      return ScanDecision.refused(reason); // of another institution's class nothing is kept
    }
    List<ClassFact> facts =
        switch (reason) {
          case ClassRefusal.CounterGap gap -> noted(open, command, DeviceAnomaly.GAP);
          case ClassRefusal.CounterFork fork -> noted(open, command, DeviceAnomaly.FORK);
          case ClassRefusal.TapRate rate when isOnline(command) ->
              noted(open, command, DeviceAnomaly.TAP_RATE);
          case ClassRefusal other when isOnline(command) || isOfItsChain(other) -> List.of();
          case ClassRefusal other -> quarantineFacts(open, command, other.code(), false);
        };
    return new ScanDecision(facts, new Outcome.Refused(reason));
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

  /** Keeps once what is not yet known of the device. */
  private static List<ClassFact> noted(Open open, ScanCommand command, DeviceAnomaly matter) {
    DeviceStatement statement = command.received().statement();
    DeviceChainHead line = DeviceChainHead.in(open.devices(), statement.device());
    boolean known =
        switch (matter) {
          // One nearer to what is missing tells more: a waiver then leaves out no more than it
          // must.
          case GAP -> line.gapTo() > 0 && line.gapTo() <= statement.counter();
          case FORK -> line.forked();
          case TAP_RATE ->
              Math.abs(statement.tappedAt().toEpochMilli() - line.notedMillis())
                  < NOTED_AGAIN_AFTER_MILLIS;
        };
    return known
        ? List.of()
        : List.of(
            new ClassEvent.DeviceNoted(
                matter,
                command.received().lesson(),
                command.received().act(),
                statement,
                line.expected(),
                command.at()));
  }

  /** Uses up the statement's counter, once; what was captured gets its final answer, once. */
  private static List<ClassFact> quarantineFacts(
      ClassState state, ScanCommand command, String reason, boolean inTime) {
    ReceivedStatement heard = command.received();
    if (!(state instanceof Open open) || isOnline(command)) {
      return List.of();
    }
    Optional<ScanLedger.Numbered> numbered = StatementRules.numbered(heard);
    Optional<ScanLedger.Quarantined> before = numbered.flatMap(open.ledger()::quarantined);
    boolean settles =
        before.map(ScanLedger.Quarantined::captured).orElse(false)
            && !reason.equals(ClassEvent.Quarantined.CAPTURED);
    return numbered.isEmpty() || (before.isPresent() && !inTime && !settles)
        ? List.of()
        : List.of(
            new ClassEvent.Quarantined(
                personOf(command),
                heard.lesson(),
                heard.act(),
                heard.body(),
                heard.statement(),
                reason,
                inTime,
                command.circumstances(),
                command.at()));
  }

  private static Optional<PersonPseudonym> personOf(ScanCommand command) {
    return switch (command) {
      case ScanCommand.Record keep -> Optional.of(keep.scan().person());
      case ScanCommand.Quarantine aside -> aside.person();
    };
  }

  private static ClassFact draft(
      Open open, ScanCommand.Record command, boolean late, String voucher) {
    return new ClassFact.AttendanceDraft(
        command.scan(),
        late,
        voucher,
        command.verification(),
        receipt(open, command, voucher),
        command.circumstances(),
        command.at());
  }

  private static ReceiptDraft receipt(Open open, ScanCommand.Record command, String voucher) {
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
