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

/** Whether a statement is the next of its device's chain (R60): no gap, no fork, not stale. */
final class StatementRules {
  /** The most devices that one class may have. */
  static final int DEVICES_MAX = 100;

  private StatementRules() {}

  /** Which of its device's statements it is; empty where no device signed. */
  static Optional<Numbered> numbered(ReceivedStatement received) {
    DeviceStatement statement = received.statement();
    return statement.signed().map(signed -> new Numbered(statement.device(), statement.counter()));
  }

  /** Whether a batch brought this very statement, which used up its counter without a receipt. */
  static boolean isQuarantined(ScanLedger ledger, ReceivedStatement received) {
    return numbered(received)
        .flatMap(ledger::quarantined)
        .filter(quarantined -> quarantined.body().equals(received.body()))
        .isPresent();
  }

  /** What is against a statement that was not recorded; empty when nothing is. */
  static Optional<Check> check(Open open, Question question) {
    return question.checksOrder()
        ? numbered(question.received())
            .flatMap(numbered -> check(open, question.received(), numbered))
        : Optional.empty();
  }

  private static Optional<Check> check(Open open, ReceivedStatement received, Numbered numbered) {
    DeviceStatement statement = received.statement();
    DeviceChainHead head = DeviceChainHead.in(open.devices(), numbered.device());
    if (head.forked()) {
      return refused(new ClassRefusal.DeviceNotTrusted());
    }
    // First, because an anomaly, once noted, makes the device one of the class's.
    if (!open.devices().containsKey(numbered.device()) && open.devices().size() >= DEVICES_MAX) {
      return refused(new ClassRefusal.DevicesFull(DEVICES_MAX));
    }
    if (open.ledger().by(numbered).isPresent()) { // the same content would be known already
      return refused(new ClassRefusal.CounterFork());
    }
    Optional<ScanLedger.Quarantined> quarantined = open.ledger().quarantined(numbered);
    if (quarantined.isPresent()) {
      return quarantined.get().body().equals(received.body())
          ? Optional.empty()
          : refused(new ClassRefusal.CounterFork());
    }
    if (statement.counter() < head.expected() || statement.epoch() < head.epoch()) {
      return refused(new ClassRefusal.CounterStale(head.expected()));
    }
    if (statement.counter() > head.expected()) {
      return refused(new ClassRefusal.CounterGap(head.expected(), statement.counter()));
    }
    return head.lastHash().isEmpty() || head.lastHash().equals(statement.previousHash())
        ? Optional.empty()
        : refused(new ClassRefusal.CounterFork());
  }

  /** 429: two people cannot tap that fast. */
  static Optional<Check> tooFast(Open open, Question question) {
    return question.checksOrder() && isTooFast(open, question.received().statement())
        ? refused(new ClassRefusal.TapRate())
        : Optional.empty();
  }

  /** By the chain's head when the statement was its next, also when it is sent again later. */
  static boolean isTooFast(Open open, DeviceStatement statement) {
    if (statement.signed().isEmpty()) {
      return false;
    }
    Optional<ScanLedger.Quarantined> quarantined =
        open.ledger().quarantined(new Numbered(statement.device(), statement.counter()));
    if (quarantined.isPresent()) {
      return quarantined.get().tooFast();
    }
    DeviceChainHead head = DeviceChainHead.in(open.devices(), statement.device());
    long since = statement.tappedAt().toEpochMilli() - head.lastTapMillis();
    return statement.counter() == head.expected()
        && since >= 0
        && since < open.plan().rules().fieldRules().tapIntervalMillisMin();
  }

  private static Optional<Check> refused(ClassRefusal reason) {
    return Optional.of(new ScanResult.Refused(reason));
  }
}
