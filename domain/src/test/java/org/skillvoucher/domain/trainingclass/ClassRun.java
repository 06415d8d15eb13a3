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

/** One class as its actor would run it: decide, seal, keep, evolve. */
final class ClassRun {
  private ClassState state;
  private final List<ClassEvent> events = new ArrayList<>();
  private final List<ReceiptDraft> drafts = new ArrayList<>();

  ClassRun(ClassState from) {
    state = from;
  }

  Decision<ClassFact, ClassRefusal> send(ClassCommand command) {
    Decision<ClassFact, ClassRefusal> decision = ClassDecider.decide(state, command);
    switch (decision) {
      case Decision.Accepted<ClassFact, ClassRefusal>(var facts) -> facts.forEach(this::keep);
      case Decision.Rejected<ClassFact, ClassRefusal> rejected -> {}
    }
    return decision;
  }

  /** A scan's ruling as if it were a command's: what was kept before is there already. */
  Decision<ClassFact, ClassRefusal> send(ScanCommand command) {
    Ruling ruling = rule(command);
    return switch (ruling.outcome()) {
      case Ruling.Outcome.Kept kept -> new Decision.Accepted<>(ruling.facts());
      case Ruling.Outcome.Seen seen -> Decision.already();
      case Ruling.Outcome.Repeated repeated -> Decision.already();
      case Ruling.Outcome.PutAside aside -> Decision.already();
      case Ruling.Outcome.Refused(var reason) -> Decision.reject(reason);
    };
  }

  Ruling rule(ScanCommand command) {
    Ruling ruling = ScanDecider.decide(state, command);
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

  ClassState state() {
    return state;
  }

  List<ClassEvent> events() {
    return events;
  }

  /** What the sealer was given. */
  List<ReceiptDraft> drafts() {
    return drafts;
  }

  List<ClassEvent.Attended> attended() {
    return events.stream()
        .filter(ClassEvent.Attended.class::isInstance)
        .map(ClassEvent.Attended.class::cast)
        .toList();
  }
}
