package org.skillvoucher.domain.trainingclass;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceLine;
import org.skillvoucher.domain.device.DeviceMatter;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Heard;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.Ruling.Outcome;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.domain.trainingclass.ScanRules.Verdict;

/**
 * What a class makes of a statement. Online, only what counts is kept; offline every statement with
 * a final answer is, because its device has moved on and the next one names it.
 */
public final class ScanDecider {
  private static final long NOTED_AGAIN_AFTER_MILLIS = 60_000;

  private ScanDecider() {}

  public static Ruling decide(ClassState state, ScanCommand command) {
    return switch (command) {
      case ScanCommand.Keep keep -> keep(state, keep);
      case ScanCommand.SetAside aside -> setAside(state, aside);
    };
  }

  private static Ruling keep(ClassState state, ScanCommand.Keep command) {
    return switch (ScanRules.weigh(state, Question.of(command))) {
      case Verdict.Seen(var entry) -> new Ruling(List.of(), new Outcome.Seen(entry));
      case Verdict.Counts(var open, var late, var voucher) ->
          new Ruling(List.of(draft(open, command, late, voucher)), new Outcome.Kept());
      case Verdict.Repeats(var entry, var inTime) ->
          new Ruling(aside(state, command, "repeated", inTime), new Outcome.Repeated(entry));
      case Verdict.Refused(var reason) -> refused(state, command, reason);
      case Verdict.Unresolved unresolved ->
          throw new IllegalStateException("a scan to be recorded has a person");
    };
  }

  private static Ruling setAside(ClassState state, ScanCommand.SetAside command) {
    Question question =
        new Question(
            command.institution(),
            command.heard(),
            command.person(),
            command.circumstances(),
            Optional.empty(),
            true,
            command.at());
    return switch (ScanRules.weigh(state, question)) {
      case Verdict.Seen(var entry) -> new Ruling(List.of(), new Outcome.Seen(entry));
      case Verdict.Refused(var reason) when isOnline(command) || isOfItsChain(reason) ->
          refused(state, command, reason);
      case Verdict.Refused(var reason)
          when !(state instanceof Open) || !ScanRules.isOf(command.institution(), state) ->
          Ruling.refused(reason);
      // Whatever else is against it, the reason it came with is the answer.
      case Verdict.Refused refused -> putAside(state, command);
      case Verdict.Unresolved unresolved -> putAside(state, command);
      case Verdict.Repeats repeats -> putAside(state, command);
      case Verdict.Counts counts -> putAside(state, command);
    };
  }

  private static Ruling putAside(ClassState state, ScanCommand.SetAside command) {
    return new Ruling(aside(state, command, command.reason(), false), new Outcome.PutAside());
  }

  private static Ruling refused(ClassState state, ScanCommand command, ClassRefusal reason) {
    if (!(state instanceof Open open) || !ScanRules.isOf(command.institution(), state)) {
      return Ruling.refused(reason); // of another institution's class nothing is kept
    }
    List<ClassFact> facts =
        switch (reason) {
          case ClassRefusal.CounterGap gap -> noted(open, command, DeviceMatter.GAP);
          case ClassRefusal.CounterFork fork -> noted(open, command, DeviceMatter.FORK);
          case ClassRefusal.TapRate rate when isOnline(command) ->
              noted(open, command, DeviceMatter.TAP_RATE);
          case ClassRefusal other when isOnline(command) || isOfItsChain(other) -> List.of();
          case ClassRefusal other -> aside(open, command, other.code(), false);
        };
    return new Ruling(facts, new Outcome.Refused(reason));
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
  private static List<ClassFact> noted(Open open, ScanCommand command, DeviceMatter matter) {
    DeviceStatement statement = command.heard().statement();
    DeviceLine line = DeviceLine.in(open.devices(), statement.device());
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
                command.heard().lesson(),
                command.heard().act(),
                statement,
                line.expected(),
                command.at()));
  }

  /** Uses up the statement's counter, once; what was captured gets its final answer, once. */
  private static List<ClassFact> aside(
      ClassState state, ScanCommand command, String reason, boolean inTime) {
    Heard heard = command.heard();
    if (!(state instanceof Open open) || isOnline(command)) {
      return List.of();
    }
    Optional<ScanLedger.Numbered> numbered = StatementRules.numbered(heard);
    Optional<ScanLedger.Aside> before = numbered.flatMap(open.ledger()::aside);
    boolean settles =
        before.map(ScanLedger.Aside::captured).orElse(false)
            && !reason.equals(ClassEvent.SetAside.CAPTURED);
    return numbered.isEmpty() || (before.isPresent() && !inTime && !settles)
        ? List.of()
        : List.of(
            new ClassEvent.SetAside(
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
      case ScanCommand.Keep keep -> Optional.of(keep.scan().person());
      case ScanCommand.SetAside aside -> aside.person();
    };
  }

  private static ClassFact draft(
      Open open, ScanCommand.Keep command, boolean late, String voucher) {
    return new ClassFact.AttendanceDraft(
        command.scan(),
        late,
        voucher,
        command.verification(),
        receipt(open, command, voucher),
        command.circumstances(),
        command.at());
  }

  private static ReceiptDraft receipt(Open open, ScanCommand.Keep command, String voucher) {
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
