package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.ClassDecider.wrongState;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * When a class closes (结班): after its last lesson, and with nothing that waits unless it is dropped
 * by name.
 */
final class ClosingRules {
  private ClosingRules() {}

  static Decision<ClassEvent, ClassRefusal> close(
      ClassState state, ClassCommand.Close command, Actor by) {
    return switch (state) {
      case Open open -> {
        Instant lastScan = lastScan(open.plan());
        yield command.at().isBefore(lastScan)
            ? Decision.reject(new ClassRefusal.LessonsRemain(lastScan))
            : close(open, command, by);
      }
      case Closed closed -> Decision.already();
      case Approved approved -> wrongState(approved);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static Instant lastScan(Plan plan) {
    return plan.timetable()
        .end()
        .plus(Duration.ofMinutes(plan.rules().attendance().signOutClosesMinutesAfter()));
  }

  /** An amendment takes attendance away: it is not dropped by whom it would cost something. */
  private static Decision<ClassEvent, ClassRefusal> close(
      Open open, ClassCommand.Close command, Actor by) {
    List<Correction> pending = open.supervision().pending();
    List<String> gaps = open.gaps();
    if (pending.isEmpty() && gaps.isEmpty()) {
      return closed(open, command, Optional.empty());
    }
    List<String> corrections = pending.stream().map(Correction::id).toList();
    if (command.dropReason().isEmpty()) {
      return Decision.reject(new ClassRefusal.ClosingPending(corrections, gaps));
    }
    boolean takesAway =
        pending.stream().anyMatch(correction -> correction.kind() == Correction.Kind.AMENDMENT);
    return takesAway && !by.isOfBureau()
        ? Decision.reject(ClassRefusal.SideNotAllowed.bureauOnly(by))
        : closed(
            open,
            command,
            Optional.of(new ClassEvent.Dropped(command.dropReason().get(), corrections, gaps)));
  }

  private static Decision<ClassEvent, ClassRefusal> closed(
      Open open, ClassCommand.Close command, Optional<ClassEvent.Dropped> dropped) {
    return Decision.accept(
        new ClassEvent.Closed(
            open.chain().sequence(),
            open.chain().lastPayloadHash(),
            command.at(),
            Optional.empty(),
            dropped));
  }
}
