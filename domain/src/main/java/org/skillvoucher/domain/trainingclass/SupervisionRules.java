package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.ClassDecider.wrongState;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/** What people may add to the scans of a class, each with a name and a reason (R60, R61). */
final class SupervisionRules {
  /** More corrections than this in one class are no corrections. */
  static final int CORRECTIONS_MAX = 2000;

  private SupervisionRules() {}

  /** One check a lesson, while it runs. */
  static Decision<ClassEvent, ClassRefusal> spotCheck(
      ClassState state, ClassCommand.CallSpotCheck command) {
    if (!(state instanceof Open open)) {
      return notOpen(state);
    }
    Optional<Lesson> lesson = open.plan().timetable().lesson(command.lesson());
    if (lesson.isEmpty()) {
      return Decision.reject(new ClassRefusal.NoSuchLesson());
    }
    if (open.supervision().spotCheck(command.lesson()).isPresent()) {
      return Decision.already();
    }
    Instant from = command.at();
    if (from.isBefore(lesson.get().startsAt()) || !from.isBefore(lesson.get().endsAt())) {
      return Decision.reject(
          new ClassRefusal.OutsideWindow(lesson.get().startsAt(), lesson.get().endsAt()));
    }
    Instant until = from.plus(Duration.ofMinutes(command.minutes()));
    Instant end = lesson.get().endsAt();
    return Decision.accept(
        new ClassEvent.SpotCheckCalled(
            command.lesson(),
            new Window(from, until.isAfter(end) ? end : until),
            command.by(),
            command.at()));
  }

  static Decision<ClassEvent, ClassRefusal> propose(ClassState state, Correction correction) {
    if (!(state instanceof Open open)) {
      return notOpen(state);
    }
    Optional<Correction> existing = open.supervision().correction(correction.id());
    if (existing.isPresent()) {
      return existing.get().hasSameContentAs(correction)
          ? Decision.already()
          : Decision.reject(new ClassRefusal.CorrectionSettled());
    }
    if (!open.plan().roster().has(correction.person())) {
      return Decision.reject(new ClassRefusal.NotEnrolled());
    }
    Optional<Lesson> lesson = open.plan().timetable().lesson(correction.lesson());
    if (lesson.isEmpty()) {
      return Decision.reject(new ClassRefusal.NoSuchLesson());
    }
    if (correction.at().isBefore(lesson.get().endsAt())) {
      return Decision.reject(new ClassRefusal.LessonNotOver(lesson.get().endsAt()));
    }
    return open.supervision().corrections().size() >= CORRECTIONS_MAX
        ? Decision.reject(new ClassRefusal.CorrectionsFull(CORRECTIONS_MAX))
        : Decision.accept(new ClassEvent.CorrectionProposed(correction, correction.at()));
  }

  /** 两人复核: by another person than the proposer, and by the bureau. */
  static Decision<ClassEvent, ClassRefusal> decide(
      ClassState state, ClassCommand.DecideCorrection command, Actor by) {
    if (!(state instanceof Open open)) {
      return notOpen(state);
    }
    Optional<Correction> existing = open.supervision().correction(command.correctionId());
    if (existing.isEmpty()) {
      return Decision.reject(new ClassRefusal.NoSuchCorrection());
    }
    if (existing.get().isProposedBy(by)) {
      return Decision.reject(new ClassRefusal.TwoPersonRequired());
    }
    if (!by.isOfBureau()) {
      return Decision.reject(ClassRefusal.SideNotAllowed.bureauOnly(by));
    }
    Optional<Correction.Decision> before = existing.get().decision();
    if (before.isPresent()) {
      return before.get().approved() == command.approved()
          ? Decision.already()
          : Decision.reject(new ClassRefusal.CorrectionSettled());
    }
    if (command.approved()
        && existing.get().kind() == Correction.Kind.BACK_FILL
        && open.ledger().lastOf(existing.get().person()).isEmpty()) {
      return Decision.reject(new ClassRefusal.IdentityNeverVerified());
    }
    return Decision.accept(
        new ClassEvent.CorrectionDecided(
            command.correctionId(),
            new Correction.Decision(
                command.approved(),
                command.decider().by(),
                command.decider().reason(),
                command.at()),
            command.at()));
  }

  static Decision<ClassEvent, ClassRefusal> waive(ClassState state, ClassCommand.WaiveGap command) {
    if (!(state instanceof Open open)) {
      return notOpen(state);
    }
    DeviceChainHead head = DeviceChainHead.in(open.devices(), command.device());
    return head.gapTo() == 0
        ? Decision.reject(new ClassRefusal.NoGap())
        : Decision.accept(
            new ClassEvent.GapWaived(
                command.device(), head.expected(), head.gapTo(), command.change(), command.at()));
  }

  /** Also of a closed class: flags are decided afterwards too. */
  static Decision<ClassEvent, ClassRefusal> decide(
      ClassState state, ClassCommand.DecideFlag command) {
    return state instanceof Open || state instanceof Closed
        ? Decision.accept(
            new ClassEvent.FlagDecided(
                command.flagId(), command.confirmed(), command.decider(), command.at()))
        : notOpen(state);
  }

  private static Decision<ClassEvent, ClassRefusal> notOpen(ClassState state) {
    return switch (state) {
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
      case Approved approved -> wrongState(approved);
      case Open open -> wrongState(open);
      case Closed closed -> wrongState(closed);
    };
  }
}
