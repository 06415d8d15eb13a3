package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.Classes.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.ScanCommand;

/** One class as its actor would run it: decide, seal, keep, evolve. */
public final class ClassRun {
  private ClassState state;
  private final List<ClassEvent> events = new ArrayList<>();
  private final List<ReceiptDraft> drafts = new ArrayList<>();

  public ClassRun(ClassState from) {
    state = from;
  }

  public Decision<ClassFact, ClassRefusal> send(ClassCommand command) {
    Decision<ClassFact, ClassRefusal> decision = ClassDecider.decide(state, command);
    switch (decision) {
      case Decision.Accepted<ClassFact, ClassRefusal>(var facts) -> facts.forEach(this::keep);
      case Decision.Rejected<ClassFact, ClassRefusal> rejected -> {}
    }
    return decision;
  }

  /** A scan's ruling as if it were a command's: what was kept before is there already. */
  public Decision<ClassFact, ClassRefusal> send(ScanCommand command) {
    ScanDecision ruling = rule(command);
    return switch (ruling.outcome()) {
      case ScanDecision.Outcome.Recorded kept -> new Decision.Accepted<>(ruling.facts());
      case ScanDecision.Outcome.AlreadyRecorded seen -> Decision.already();
      case ScanDecision.Outcome.Duplicate repeated -> Decision.already();
      case ScanDecision.Outcome.Quarantined aside -> Decision.already();
      case ScanDecision.Outcome.Refused(var reason) -> Decision.reject(reason);
    };
  }

  public ScanDecision rule(ScanCommand command) {
    ScanDecision ruling = ScanDecider.decide(state, command);
    ruling.facts().forEach(this::keep);
    return ruling;
  }

  private void keep(ClassFact fact) {
    ClassEvent event =
        fact.sealedBy(
            draft -> {
              drafts.add(draft);
              return Classes.seal(draft);
            });
    events.add(event);
    state = ClassEvolution.evolve(state, event, events.size());
  }

  Decision<ClassFact, ClassRefusal> scan(
      PersonPseudonym person, Lesson lesson, Act act, Instant at) {
    return send(record(Classes.scan(person, lesson, act, at), at));
  }

  public ClassState state() {
    return state;
  }

  public List<ClassEvent> events() {
    return events;
  }

  /** What the sealer was given. */
  public List<ReceiptDraft> drafts() {
    return drafts;
  }

  public List<ClassEvent.Attended> attended() {
    return events.stream()
        .filter(ClassEvent.Attended.class::isInstance)
        .map(ClassEvent.Attended.class::cast)
        .toList();
  }
}
