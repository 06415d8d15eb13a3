package org.skillvoucher.gateway.entity;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ScanDecider;
import org.skillvoucher.domain.trainingclass.ScanDecision;
import org.skillvoucher.domain.trainingclass.ScanRules;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** Statements as a class answers them: one by itself, or many of a batch in their order. */
final class ClassScans {
  private ClassScans() {}

  /** What is to be kept, all or nothing, and the answers to give once it is. */
  record Decided(List<ClassEvent> events, List<ScanReply> replies) {}

  /** Each is decided on the state that those before it leave behind. */
  static Decided decide(
      Versioned<ClassState> kept, List<ScanCommand> commands, ReceiptSealer sealer) {
    List<ClassEvent> events = new ArrayList<>();
    List<ScanReply> replies = new ArrayList<>(commands.size());
    ClassState state = kept.state();
    int evolved = 0;
    for (ScanCommand command : commands) {
      // Only when another one follows: a ledger that grew for nothing would be copied.
      for (; evolved < events.size(); evolved++) {
        state = ClassEvolution.evolve(state, events.get(evolved), kept.revision() + evolved + 1);
      }
      ScanDecision ruling = ScanDecider.decide(state, command);
      ruling.facts().forEach(fact -> events.add(fact.sealedBy(sealer)));
      replies.add(reply(ruling, events));
    }
    return new Decided(List.copyOf(events), List.copyOf(replies));
  }

  private static ScanReply reply(ScanDecision ruling, List<ClassEvent> events) {
    return switch (ruling.outcome()) {
      case ScanDecision.Outcome.Recorded kept -> recorded(events.getLast());
      case ScanDecision.Outcome.AlreadyRecorded(var entry) ->
          new ScanReply.AlreadyRecorded(entry.eventNumber());
      case ScanDecision.Outcome.Duplicate(var entry) ->
          new ScanReply.Duplicate(entry.eventNumber());
      case ScanDecision.Outcome.Quarantined aside -> new ScanReply.Quarantined();
      case ScanDecision.Outcome.Refused(var reason) -> new ScanReply.Refused(reason);
    };
  }

  private static ScanReply recorded(ClassEvent event) {
    return switch (event) {
      case ClassEvent.Attended attended -> new ScanReply.Recorded(attended.receipt());
      case ClassEvent other ->
          throw new IllegalStateException("a scan was decided as " + other.getClass());
    };
  }

  static ScanReply preCheck(ClassState state, ScanRules.Question question) {
    return switch (ScanRules.check(state, question)) {
      case ScanRules.Check.AlreadyRecorded(var entry) ->
          new ScanReply.AlreadyRecorded(entry.eventNumber());
      case ScanRules.Check.Refused(var reason) -> new ScanReply.Refused(reason);
      case ScanRules.Check.Eligible counts -> new ScanReply.Eligible();
      // Offline it is to use up its counter still.
      case ScanRules.Check.Duplicate(var entry, var inTime) ->
          question.circumstances().offline().isPresent()
              ? new ScanReply.Eligible()
              : new ScanReply.Duplicate(entry.eventNumber());
      case ScanRules.Check.PersonUnknown unresolved -> new ScanReply.PersonUnknown();
    };
  }
}
