package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.ClassDecider.alreadyIf;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * When a timetable (课程表) may be set or changed: by the institution only for lessons that have not
 * begun, and by the bureau also for others, with a reason (R03, R06). None is held before the
 * approval (R01).
 */
final class TimetableRules {
  private TimetableRules() {}

  static Decision<ClassEvent, ClassRefusal> schedule(
      ClassState state, ClassCommand.Schedule command, Actor by) {
    Timetable timetable = Timetable.of(command.lessons());
    return switch (state) {
      case Approved(var plan) -> schedule(plan, Set.of(), command, by);
      case Open open -> schedule(open.plan(), scanned(open), command, by);
      case Closed closed -> alreadyIf(closed.plan().timetable().equals(timetable), closed);
      case Unfiled unfiled -> refused(new ClassRefusal.NotFiled());
      case Filed filed -> refused(new ClassRefusal.NotApproved());
      case Returned returned -> refused(new ClassRefusal.NotApproved());
    };
  }

  private static Set<LessonId> scanned(Open open) {
    Set<LessonId> scanned = new HashSet<>();
    open.ledger().entries().forEach(entry -> scanned.add(entry.naturalKey().lesson()));
    return scanned;
  }

  private static Decision<ClassEvent, ClassRefusal> schedule(
      Plan plan, Set<LessonId> scanned, ClassCommand.Schedule command, Actor by) {
    Timetable timetable = Timetable.of(command.lessons());
    Timetable current = plan.timetable();
    boolean first = current.lessons().isEmpty();
    if (!first && current.equals(timetable)) {
      return Decision.already();
    }
    List<Lesson> differing = differing(current, timetable);
    Optional<ClassRefusal> tooLate =
        beforeApproval(plan, timetable)
            .or(() -> scannedLesson(timetable, scanned, differing))
            .or(() -> begun(differing, command.at()).filter(lesson -> !by.isOfBureau()));
    if (tooLate.isPresent()) {
      return refused(tooLate.get());
    }
    Optional<String> fault = timetable.fault(plan.rules());
    if (fault.isPresent()) {
      return refused(new ClassRefusal.TimetableInvalid(fault.get()));
    }
    boolean past = begun(differing, command.at()).isPresent();
    return first && !past
        ? Decision.accept(new ClassEvent.Scheduled(timetable.lessons(), command.at()))
        : changed(timetable, command);
  }

  private static Decision<ClassEvent, ClassRefusal> changed(
      Timetable timetable, ClassCommand.Schedule command) {
    return command
        .change()
        .filter(change -> !change.reason().isBlank())
        .<Decision<ClassEvent, ClassRefusal>>map(
            change ->
                Decision.accept(
                    new ClassEvent.Rescheduled(timetable.lessons(), change, command.at())))
        .orElseGet(() -> refused(new ClassRefusal.ReasonRequired()));
  }

  /** The lessons that are changed, dropped or new, by id and start. */
  private static List<Lesson> differing(Timetable before, Timetable after) {
    return Stream.concat(before.lessons().stream(), after.lessons().stream())
        .filter(lesson -> !(before.lessons().contains(lesson) && after.lessons().contains(lesson)))
        .sorted(
            Comparator.comparing((Lesson lesson) -> lesson.id().value())
                .thenComparing(Lesson::startsAt))
        .toList();
  }

  private static Optional<ClassRefusal> beforeApproval(Plan plan, Timetable changed) {
    return changed.lessons().stream()
        .filter(lesson -> lesson.startsAt().isBefore(plan.approvedAt()))
        .filter(lesson -> !plan.timetable().lessons().contains(lesson))
        .findFirst()
        .map(
            lesson ->
                new ClassRefusal.LessonBeforeApproval(
                    lesson.id().value(), lesson.startsAt(), plan.approvedAt()));
  }

  /**
   * A lesson for which a person has signed in early, and which would go on under its id at another
   * time: a scan never marks a later lesson.
   */
  private static Optional<ClassRefusal> scannedLesson(
      Timetable changed, Set<LessonId> scanned, List<Lesson> differing) {
    return differing.stream()
        .filter(lesson -> scanned.contains(lesson.id()) && changed.lesson(lesson.id()).isPresent())
        .findFirst()
        .map(TimetableRules::begun);
  }

  private static Optional<ClassRefusal> begun(List<Lesson> differing, Instant now) {
    return differing.stream()
        .filter(lesson -> !lesson.startsAt().isAfter(now))
        .findFirst()
        .map(TimetableRules::begun);
  }

  private static ClassRefusal begun(Lesson lesson) {
    return new ClassRefusal.LessonBegun(lesson.id().value(), lesson.startsAt());
  }

  private static Decision<ClassEvent, ClassRefusal> refused(ClassRefusal reason) {
    return Decision.reject(reason);
  }
}
