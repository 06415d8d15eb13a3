package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;
import static org.skillvoucher.domain.trainingclass.Classes.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.ScanCommand;

/** One class as its actor would run it: decide, seal, persist, evolve. */
public final class ClassRun {
  private ClassState state;
  private final List<ClassEvent> events = new ArrayList<>();
  private final List<ReceiptDraft> drafts = new ArrayList<>();

  public ClassRun(ClassState from) {
    state = from;
  }

  /**
   * By an official; a timetable by the institution, and a correction is decided by the person whom
   * the command names.
   */
  public Decision<ClassEvent, ClassRefusal> send(ClassCommand command) {
    return send(
        command,
        switch (command) {
          case ClassCommand.DecideCorrection decide ->
              new Actor(decide.decider().by(), Side.BUREAU, decide.decider().by());
          case ClassCommand.Schedule schedule -> SCHOOL;
          default -> BUREAU;
        });
  }

  public Decision<ClassEvent, ClassRefusal> send(ClassCommand command, Actor by) {
    Decision<ClassEvent, ClassRefusal> decision = ClassDecider.decide(state, command, by);
    switch (decision) {
      case Decision.Accepted<ClassEvent, ClassRefusal>(var accepted) ->
          accepted.forEach(this::evolve);
      case Decision.Rejected<ClassEvent, ClassRefusal> rejected -> {}
    }
    return decision;
  }

  /** A scan's decision in the form of a command's: what was recorded before is there already. */
  public Decision<ClassEvent, ClassRefusal> send(ScanCommand command) {
    ScanDecision.Sealed<?> decision = decide(command);
    return switch (decision.result()) {
      case ScanResult.Recorded recorded -> new Decision.Accepted<>(decision.events());
      case ScanResult.AlreadyRecorded known -> Decision.already();
      case ScanResult.Duplicate known -> Decision.already();
      case ScanResult.Quarantined quarantined -> Decision.already();
      case ScanResult.Refused(var reason) -> Decision.reject(reason);
    };
  }

  public ScanDecision.Sealed<?> decide(ScanCommand command) {
    ScanDecision.Sealed<?> decision = ScanDecider.decide(state, command).sealedBy(this::seal);
    decision.events().forEach(this::evolve);
    return decision;
  }

  private SealedReceipt seal(ReceiptDraft draft) {
    drafts.add(draft);
    return Classes.seal(draft);
  }

  private void evolve(ClassEvent event) {
    events.add(event);
    state = ClassEvolution.evolve(state, event, events.size());
  }

  Decision<ClassEvent, ClassRefusal> scan(
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
