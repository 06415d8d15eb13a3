package org.skillvoucher.gateway.api;

import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;

/** Maps refusals of the domain and outcomes of the card platform to problems. */
public final class Refusals {
  private Refusals() {}

  /** Of a class. */
  public static Problem of(ClassRefusal refusal) {
    return switch (refusal) {
      case ClassRefusal.NotFiled r -> Problem.notFound();
      case ClassRefusal.FiledOtherwise r -> Problem.keyReused();
      case ClassRefusal.KeyReused r -> Problem.keyReused();
      case ClassRefusal.FilingIncomplete(var parts) -> ClassProblems.filingIncomplete(parts);
      case ClassRefusal.NotApproved r -> ClassProblems.notApproved();
      case ClassRefusal.NotOpen r -> ClassProblems.notOpen();
      case ClassRefusal.WrongState(var state) -> ClassProblems.wrongState(state);
      case ClassRefusal.NotReady(var parts) -> ClassProblems.notReady(parts);
      case ClassRefusal.LessonsRemain(var until) -> ClassProblems.lessonsRemain(until);
      case ClassRefusal.RosterFull(var most) -> ClassProblems.rosterFull(most);
      case ClassRefusal.TimetableInvalid(var reason) -> ClassProblems.timetableInvalid(reason);
      case ClassRefusal.NotEnrolled r -> ClassProblems.notEnrolled();
      case ClassRefusal.NoSuchLesson r ->
          Problem.invalid(ScanProblems.noSuchLesson("/statement/cls"));
      case ClassRefusal.NoVoucher r ->
          ofVoucher(
              "no_voucher",
              "No valid voucher of this person is bound to the class.",
              "该人员没有绑定到本班的有效培训券。");
      case ClassRefusal.OutsideWindow(var opensAt, var closesAt) ->
          ClassProblems.outsideWindow(opensAt, closesAt);
      case ClassRefusal.LessonNotOver(var endsAt) -> ScanProblems.lessonNotOver(endsAt);
      case ClassRefusal.OutWithoutIn r -> ClassProblems.outWithoutIn();
      case ClassRefusal.InstitutionSuspended(var from) -> ScanProblems.suspended(from);
      case ClassRefusal.CounterGap gap -> ScanProblems.of(gap);
      case ClassRefusal.CounterFork fork -> ScanProblems.fork();
      case ClassRefusal.CounterStale(var expected) -> ScanProblems.stale(expected);
      case ClassRefusal.DeviceNotTrusted r -> ScanProblems.notTrusted();
      case ClassRefusal.DevicesFull(var most) -> ScanProblems.devicesFull(most);
      case ClassRefusal.ClockSkew(var now) -> ScanProblems.clockSkew(now);
      case ClassRefusal.TapTimeUnprovable(var hours) -> ScanProblems.unprovable(hours);
      case ClassRefusal.TapRate r -> ScanProblems.tapRate();
      case ClassRefusal.Velocity(var minutes) -> ScanProblems.velocity(minutes);
      case ClassRefusal.CodeAlreadyUsed r -> ScanProblems.codeUsed();
      case ClassRefusal.PhoneAlreadyUsed r -> ScanProblems.phoneUsed();
      case ClassRefusal.WitnessNotAccepted r -> ScanProblems.witness();
      case ClassRefusal.ReasonRequired r -> ScanProblems.reasonRequired();
      case ClassRefusal.LessonBegun begun -> ClassProblems.of(begun);
      case ClassRefusal.LessonBeforeApproval early -> ClassProblems.of(early);
      case ClassRefusal.ClosingPending pending -> ClassProblems.of(pending);
      case ClassRefusal.IdentityNeverVerified r -> ClassProblems.neverVerified();
      case ClassRefusal.NoGap r -> ScanProblems.noGap();
      case ClassRefusal.TwoPersonRequired r -> ScanProblems.twoPersons();
      case ClassRefusal.SideNotAllowed(var side, var allowed) ->
          ClassProblems.sideNotAllowed(side, allowed);
      case ClassRefusal.NoSuchCorrection r -> Problem.notFound();
      case ClassRefusal.CorrectionSettled r -> ScanProblems.settled();
      case ClassRefusal.CorrectionsFull(var most) -> ScanProblems.correctionsFull(most);
    };
  }

  /** Of a voucher. */
  public static Problem of(VoucherRefusal refusal) {
    return switch (refusal) {
      case VoucherRefusal.NotIssued r -> Problem.notFound();
      case VoucherRefusal.WrongState(var state) ->
          ofVoucher(
                  "wrong_state",
                  "The voucher is in the state " + state + ".",
                  "培训券当前状态为 " + state + "。")
              .with("state", state);
      case VoucherRefusal.PastExpiry(var at) ->
          ofVoucher(
                  "past_expiry",
                  "The voucher expired at " + Times.text(at) + ".",
                  "培训券已于 " + Times.text(at) + " 过期。")
              .with("expiresAt", at);
      case VoucherRefusal.BeforeExpiry(var at) ->
          ofVoucher(
                  "before_expiry",
                  "The voucher runs until " + Times.text(at) + ".",
                  "培训券有效期至 " + Times.text(at) + "，尚未过期。")
              .with("expiresAt", at);
      case VoucherRefusal.NotTheHolder r ->
          ofVoucher("not_the_holder", "Only its holder may use a voucher.", "培训券仅限本人使用。");
      case VoucherRefusal.BoundElsewhere r ->
          ofVoucher("bound_elsewhere", "The voucher is bound to another class.", "培训券已绑定其他班级。");
      case VoucherRefusal.ClassTakesNone none -> VoucherProblems.of(none);
      case VoucherRefusal.OutOfScope scope -> VoucherProblems.of(scope);
      case VoucherRefusal.OutOfRegion region -> VoucherProblems.of(region);
      case VoucherRefusal.NotAtInstitution institution -> VoucherProblems.of(institution);
      case VoucherRefusal.ValidityOutOfRange(var days) ->
          Problem.invalid(
                  Problem.Fault.at(
                      "/expiresAt",
                      new Text(
                          "must lie in the future and at most " + days + " days ahead",
                          "应在当前时间之后，且不超过 " + days + " 天")))
              .with("validityDaysMax", days);
    };
  }

  private static Problem ofVoucher(String cause, String en, String zh) {
    return Problem.of(Code.VOUCHER_STATE, en, zh).with("cause", cause);
  }

  /**
   * Of the card platform.
   *
   * @throws IllegalArgumentException for a verified card, which is no refusal
   */
  public static Problem of(CardOutcome outcome) {
    return switch (outcome) {
      case CardOutcome.NotActive o ->
          Problem.of(
              Code.CARD_STATUS, "The card platform says that it cannot be used.", "卡平台显示该卡不可使用。");
      case CardOutcome.NotAuthentic o ->
          Problem.of(
              Code.CARD_NOT_AUTHENTICATED,
              "The card is unknown, or it is not this person's.",
              "卡信息不存在或与本人不符。");
      case CardOutcome.Verified o ->
          throw new IllegalArgumentException("a verified card is no refusal");
    };
  }
}
