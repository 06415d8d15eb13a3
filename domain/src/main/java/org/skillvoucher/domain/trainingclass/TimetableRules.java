package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.ClassDecider.alreadyIf;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * When a timetable (课程表) may be set or changed: before the class opens freely but with a reason for
 * each change, afterwards only for lessons that have not begun (R03, R06).
 */
final class TimetableRules {
  private TimetableRules() {}

  static Decision<ClassEvent, ClassRefusal> schedule(
      ClassState state, ClassCommand.Schedule command) {
    Timetable timetable = Timetable.of(command.lessons());
    return switch (state) {
      case Approved(var plan) -> schedule(plan, timetable, command);
      case Open open ->
          begun(open, timetable, command.at())
              .map(lesson -> refused(new ClassRefusal.LessonBegun(lesson)))
              .orElseGet(() -> schedule(open.plan(), timetable, command));
      case Closed closed -> alreadyIf(closed.plan().timetable().equals(timetable), closed);
      case Unfiled unfiled -> refused(new ClassRefusal.NotFiled());
      case Filed filed -> refused(new ClassRefusal.NotApproved());
      case Returned returned -> refused(new ClassRefusal.NotApproved());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> schedule(
      Plan plan, Timetable timetable, ClassCommand.Schedule command) {
    Timetable current = plan.timetable();
    boolean first = current.lessons().isEmpty();
    if (!first && current.equals(timetable)) {
      return Decision.already();
    }
    Optional<String> fault = timetable.fault(plan.rules());
    if (fault.isPresent()) {
      return refused(new ClassRefusal.TimetableInvalid(fault.get()));
    }
    if (first) {
      return Decision.accept(new ClassEvent.Scheduled(timetable.lessons(), command.at()));
    }
    return command
        .change()
        .filter(change -> !change.reason().isBlank())
        .<Decision<ClassEvent, ClassRefusal>>map(
            change ->
                Decision.accept(
                    new ClassEvent.Rescheduled(timetable.lessons(), change, command.at())))
        .orElseGet(() -> refused(new ClassRefusal.ReasonRequired()));
  }

  /**
   * A lesson that has begun and would be changed or dropped, or a new one in the past; or one for
   * which a person has signed in early, and which would go on under its id at another time: a scan
   * never marks a later lesson.
   */
  private static Optional<String> begun(Open open, Timetable changed, Instant now) {
    List<Lesson> before = open.plan().timetable().lessons();
    Set<LessonId> scanned = new HashSet<>();
    open.ledger().entries().forEach(entry -> scanned.add(entry.naturalKey().lesson()));
    Set<Lesson> differing = new HashSet<>(before);
    differing.addAll(changed.lessons());
    differing.removeIf(lesson -> before.contains(lesson) && changed.lessons().contains(lesson));
    return differing.stream()
        .filter(
            lesson ->
                !lesson.startsAt().isAfter(now)
                    || (scanned.contains(lesson.id()) && changed.lesson(lesson.id()).isPresent()))
        .map(lesson -> lesson.id().value())
        .sorted()
        .findFirst();
  }

  private static Decision<ClassEvent, ClassRefusal> refused(ClassRefusal reason) {
    return Decision.reject(reason);
  }
}
