package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.Side;

/** Why a class refused a command or a scan, with the facts a person needs. */
public sealed interface ClassRefusal {
  /** There is no such class; to a scan this is answered like {@link NotEnrolled}. */
  record NotFiled() implements ClassRefusal {}

  /** The class was filed with other contents than the ones sent under the same key. */
  record FiledOtherwise() implements ClassRefusal {}

  /** Parts of the filing are missing (R04). */
  record FilingIncomplete(List<String> missingParts) implements ClassRefusal {}

  /** 先备案后开班 (R01): not approved, or the tap was before the approval. */
  record NotApproved() implements ClassRefusal {}

  /** Approved, but not opened yet: a scan counts from its opening on. */
  record NotOpen() implements ClassRefusal {}

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

  /** A lesson is corrected when it is over: nobody has attended it before. */
  record LessonNotOver(Instant endsAt) implements ClassRefusal {}

  /** The timetable has no such lesson. */
  record NoSuchLesson() implements ClassRefusal {}

  /** No valid voucher of this person is bound to the class, where the region requires one. */
  record NoVoucher() implements ClassRefusal {}

  /** The scan came outside the time in which it counts; it counts from {@code opensAt} on. */
  record OutsideWindow(Instant opensAt, Instant closesAt) implements ClassRefusal {}

  /** Out without in. */
  record OutWithoutIn() implements ClassRefusal {}

  /** The scan key was used for another scan. */
  record KeyReused() implements ClassRefusal {}

  /** Its institution may not train any longer, or for now (R24, R26). */
  record InstitutionSuspended(Instant from) implements ClassRefusal {}

  /** Statements of the device are missing before this one. */
  record CounterGap(long expected, long received) implements ClassRefusal {}

  /** The device signed another statement with this counter, or broke its chain. */
  record CounterFork() implements ClassRefusal {}

  /** The counter is behind and its statement is unknown, or the device's epoch went back. */
  record CounterStale(long expected) implements ClassRefusal {}

  /** The device was found to sign two statements with one counter. */
  record DeviceNotTrusted() implements ClassRefusal {}

  /** The device's clock is too far off the gateway's, whose time this is. */
  record ClockSkew(Instant now) implements ClassRefusal {}

  /** No beacon of ours proves the time of an offline tap, or it is too long ago. */
  record TapTimeUnprovable(int offlineHoursMax) implements ClassRefusal {}

  /** More devices than a class can have. */
  record DevicesFull(int devicesMax) implements ClassRefusal {}

  /** Faster than people can tap (连续刷卡). */
  record TapRate() implements ClassRefusal {}

  /** At two sites faster than one can travel, where the region refuses it. */
  record Velocity(int minutesMin) implements ClassRefusal {}

  /** The room's code was used by this person for something else. */
  record CodeAlreadyUsed() implements ClassRefusal {}

  /** Another person signed in with this phone: one phone, one person. */
  record PhoneAlreadyUsed() implements ClassRefusal {}

  /** Neither a teacher of the class nor, where trainees may vouch, another one who is here. */
  record WitnessNotAccepted() implements ClassRefusal {}

  /** A change of what was approved needs a reason. */
  record ReasonRequired() implements ClassRefusal {}

  /** A lesson that has begun is changed by the bureau only, with a reason. */
  record LessonBegun(String lesson, Instant startsAt) implements ClassRefusal {}

  /** No lesson is held before the approval of the class (R01). */
  record LessonBeforeApproval(String lesson, Instant startsAt, Instant approvedAt)
      implements ClassRefusal {}

  /**
   * Corrections wait for a decision, or statements are missing: they are decided or dropped first.
   *
   * @param corrections ids of those nobody decided
   * @param devices names of those of which statements are missing
   */
  record ClosingPending(List<String> corrections, List<String> devices) implements ClassRefusal {}

  /** The device has no gap to be waived. */
  record NoGap() implements ClassRefusal {}

  /** The proposer of a correction must not decide it. */
  record TwoPersonRequired() implements ClassRefusal {}

  /** Only these sides decide it. */
  record SideNotAllowed(Side side, List<Side> allowed) implements ClassRefusal {
    static SideNotAllowed bureauOnly(Actor by) {
      return new SideNotAllowed(by.side(), List.of(Side.BUREAU));
    }
  }

  /** A back-fill makes no first counted hour of a person never verified in the class (R46). */
  record IdentityNeverVerified() implements ClassRefusal {}

  record NoSuchCorrection() implements ClassRefusal {}

  /** The correction was decided otherwise, or proposed with other contents. */
  record CorrectionSettled() implements ClassRefusal {}

  /** More corrections than a class can have. */
  record CorrectionsFull(int correctionsMax) implements ClassRefusal {}

  /** The code by which an offline statement is answered and recorded; part of the journal. */
  default String code() {
    return switch (this) {
      case NotFiled r -> "not_enrolled";
      case NotEnrolled r -> "not_enrolled";
      case NotApproved r -> "class_not_approved";
      case NotOpen r -> "class_not_open";
      case NoSuchLesson r -> "outside_window";
      case OutsideWindow r -> "outside_window";
      case LessonNotOver r -> "outside_window";
      case OutWithoutIn r -> "sequence_violation";
      case NoVoucher r -> "voucher_state";
      case KeyReused r -> "idempotency_key_reused";
      case InstitutionSuspended r -> "institution_suspended";
      case CounterGap r -> "device_counter_gap";
      case CounterFork r -> "device_counter_fork";
      case CounterStale r -> "device_counter_stale";
      case DeviceNotTrusted r -> "device_not_trusted";
      case ClockSkew r -> "clock_skew";
      case TapTimeUnprovable r -> "tap_time_unprovable";
      case TapRate r -> "tap_rate";
      case Velocity r -> "velocity";
      case CodeAlreadyUsed r -> "qr_already_used";
      case PhoneAlreadyUsed r -> "phone_already_used";
      case WitnessNotAccepted r -> "witness_not_accepted";
      case FiledOtherwise r -> "class_state";
      case FilingIncomplete r -> "filing_incomplete";
      case WrongState r -> "class_state";
      case RosterFull r -> "roster_full";
      case TimetableInvalid r -> "timetable_invalid";
      case NotReady r -> "class_state";
      case LessonsRemain r -> "class_state";
      case DevicesFull r -> "class_state";
      case ReasonRequired r -> "reason_required";
      case LessonBegun r -> "timetable_invalid";
      case LessonBeforeApproval r -> "timetable_invalid";
      case ClosingPending r -> "closing_pending";
      case IdentityNeverVerified r -> "identity_never_verified";
      case NoGap r -> "class_state";
      case TwoPersonRequired r -> "two_person_required";
      case SideNotAllowed r -> "side_not_allowed";
      case NoSuchCorrection r -> "not_found";
      case CorrectionSettled r -> "correction_state";
      case CorrectionsFull r -> "class_state";
    };
  }
}
