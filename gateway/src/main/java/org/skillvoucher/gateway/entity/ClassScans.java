package org.skillvoucher.gateway.entity;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Ruling;
import org.skillvoucher.domain.trainingclass.ScanDecider;
import org.skillvoucher.domain.trainingclass.ScanRules;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.journal.snapshot.Kept;

/** Statements as a class answers them: one by itself, or many of a batch in their order. */
final class ClassScans {
  private ClassScans() {}

  /** What is to be kept, all or nothing, and the answers to give once it is. */
  record Ruled(List<ClassEvent> events, List<ScanReply> replies) {}

  /** Each is decided on the state that those before it leave behind. */
  static Ruled rule(Kept<ClassState> kept, List<ScanCommand> commands, ReceiptSealer sealer) {
    List<ClassEvent> events = new ArrayList<>();
    List<ScanReply> replies = new ArrayList<>(commands.size());
    ClassState state = kept.state();
    int evolved = 0;
    for (ScanCommand command : commands) {
      // Only when another one follows: a ledger that grew for nothing would be copied.
      for (; evolved < events.size(); evolved++) {
        state = ClassEvolution.evolve(state, events.get(evolved), kept.revision() + evolved + 1);
      }
      Ruling ruling = ScanDecider.decide(state, command);
      ruling.facts().forEach(fact -> events.add(fact.sealedBy(sealer)));
      replies.add(reply(ruling, events));
    }
    return new Ruled(List.copyOf(events), List.copyOf(replies));
  }

  private static ScanReply reply(Ruling ruling, List<ClassEvent> events) {
    return switch (ruling.outcome()) {
      case Ruling.Outcome.Kept kept -> kept(events.getLast());
      case Ruling.Outcome.Seen(var entry) -> new ScanReply.Seen(entry.eventNumber());
      case Ruling.Outcome.Repeated(var entry) -> new ScanReply.Repeated(entry.eventNumber());
      case Ruling.Outcome.PutAside aside -> new ScanReply.PutAside();
      case Ruling.Outcome.Refused(var reason) -> new ScanReply.Refused(reason);
    };
  }

  private static ScanReply kept(ClassEvent event) {
    return switch (event) {
      case ClassEvent.Attended attended -> new ScanReply.Kept(attended.receipt());
      case ClassEvent other ->
          throw new IllegalStateException("a scan was decided as " + other.getClass());
    };
  }

  static ScanReply weigh(ClassState state, ScanRules.Question question) {
    return switch (ScanRules.weigh(state, question)) {
      case ScanRules.Verdict.Seen(var entry) -> new ScanReply.Seen(entry.eventNumber());
      case ScanRules.Verdict.Refused(var reason) -> new ScanReply.Refused(reason);
      case ScanRules.Verdict.Counts counts -> new ScanReply.WouldCount();
      // Offline it is to use up its counter still.
      case ScanRules.Verdict.Repeats(var entry, var inTime) ->
          question.circumstances().offline().isPresent()
              ? new ScanReply.WouldCount()
              : new ScanReply.Repeated(entry.eventNumber());
      case ScanRules.Verdict.Unresolved unresolved -> new ScanReply.Unresolved();
    };
  }
}
