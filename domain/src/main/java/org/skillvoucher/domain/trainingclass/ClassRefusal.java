package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;

/** Why a class's command was refused, with the facts a person needs. */
public sealed interface ClassRefusal {
  /** There is no such class; to a scan this is answered like {@link NotEnrolled}. */
  record NotFiled() implements ClassRefusal {}

  /** The class was filed with other contents than the ones sent under the same key. */
  record FiledOtherwise() implements ClassRefusal {}

  /** Parts of the filing are missing (R04). */
  record FilingIncomplete(List<String> missingParts) implements ClassRefusal {}

  /** 先备案后开班 (R01): not approved, or the scan's own time lies before the approval. */
  record NotApproved() implements ClassRefusal {}

  /** The command does not fit the class's state. */
  record WrongState(String state) implements ClassRefusal {}

  /** More people than the region allows in one class. */
  record RosterFull(int rosterMax) implements ClassRefusal {}

  /** A timetable that cannot be held: empty, too long, doubled ids, or lessons that overlap. */
  record TimetableInvalid(String reason) implements ClassRefusal {}

  /** Roster or timetable is still missing, so the class cannot open. */
  record NotReady(List<String> missingParts) implements ClassRefusal {}

  /** Lessons still run, so the class cannot close. */
  record LessonsRemain(Instant until) implements ClassRefusal {}

  /** The person is not on the roster. */
  record NotEnrolled() implements ClassRefusal {}

  /** The timetable has no such lesson. */
  record NoSuchLesson() implements ClassRefusal {}

  /** No valid voucher of this person is bound to the class (R41). */
  record NoVoucher() implements ClassRefusal {}

  /** The scan came outside the time in which it counts; it counts from {@code opensAt} on. */
  record OutsideWindow(Instant opensAt, Instant closesAt) implements ClassRefusal {}

  /** Out without in. */
  record OutWithoutIn() implements ClassRefusal {}

  /** The scan key was used for another scan. */
  record KeyReused() implements ClassRefusal {}
}
