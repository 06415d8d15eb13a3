package org.skillvoucher.domain.trainingclass;

import java.util.Optional;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ScanRules.Check;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;

/** Whether a device's statement is the next of its chain (R60): no gap, no fork, nothing stale. */
final class StatementRules {
  /** More devices than this in one class are no class. */
  static final int DEVICES_MAX = 100;

  private StatementRules() {}

  /** Which of its device's statements it is; empty where no device signed. */
  static Optional<Numbered> numbered(ReceivedStatement heard) {
    DeviceStatement statement = heard.statement();
    return statement.signed().map(signed -> new Numbered(statement.device(), statement.counter()));
  }

  /** What is against a statement that was not kept; empty when nothing is. */
  static Optional<Check> check(Open open, Question question) {
    return question.checksOrder()
        ? numbered(question.received())
            .flatMap(numbered -> check(open, question.received(), numbered))
        : Optional.empty();
  }

  private static Optional<Check> check(Open open, ReceivedStatement heard, Numbered numbered) {
    DeviceStatement statement = heard.statement();
    DeviceChainHead line = DeviceChainHead.in(open.devices(), numbered.device());
    if (line.forked()) {
      return refused(new ClassRefusal.DeviceNotTrusted());
    }
    // First, because what is noted of a device makes it one of the class's.
    if (!open.devices().containsKey(numbered.device()) && open.devices().size() >= DEVICES_MAX) {
      return refused(new ClassRefusal.DevicesFull(DEVICES_MAX));
    }
    if (open.ledger().by(numbered).isPresent()) { // the same content was seen before
      return refused(new ClassRefusal.CounterFork());
    }
    Optional<ScanLedger.Quarantined> aside = open.ledger().quarantined(numbered);
    if (aside.isPresent()) {
      return aside.get().body().equals(heard.body())
          ? Optional.empty()
          : refused(new ClassRefusal.CounterFork());
    }
    if (statement.counter() < line.expected() || statement.epoch() < line.epoch()) {
      return refused(new ClassRefusal.CounterStale(line.expected()));
    }
    if (statement.counter() > line.expected()) {
      return refused(new ClassRefusal.CounterGap(line.expected(), statement.counter()));
    }
    return line.lastHash().isEmpty() || line.lastHash().equals(statement.previousHash())
        ? Optional.empty()
        : refused(new ClassRefusal.CounterFork());
  }

  /** 429: two people cannot tap that fast. */
  static Optional<Check> tooFast(Open open, Question question) {
    return question.checksOrder() && isTooFast(open, question.received().statement())
        ? refused(new ClassRefusal.TapRate())
        : Optional.empty();
  }

  /** As it was found when the statement came next, also when it is sent again later. */
  static boolean isTooFast(Open open, DeviceStatement statement) {
    if (statement.signed().isEmpty()) {
      return false;
    }
    Optional<ScanLedger.Quarantined> aside =
        open.ledger().quarantined(new Numbered(statement.device(), statement.counter()));
    if (aside.isPresent()) {
      return aside.get().tooFast();
    }
    DeviceChainHead line = DeviceChainHead.in(open.devices(), statement.device());
    long since = statement.tappedAt().toEpochMilli() - line.lastTapMillis();
    return statement.counter() == line.expected()
        && since >= 0
        && since < open.plan().rules().fieldRules().tapIntervalMillisMin();
  }

  private static Optional<Check> refused(ClassRefusal reason) {
    return Optional.of(new ScanResult.Refused(reason));
  }
}
