package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.platform.CardOutcome;

/**
 * A refusal as callers get it (RFC 9457). The only place where a refusal of the domain becomes a
 * code, and with {@link Code} the only place where it becomes a status.
 *
 * @param facts what a program may want to know besides, by member name
 * @param errors what is wrong where in the request
 * @param headers headers that go with it
 */
record Problem(
    Code code,
    Text detail,
    Map<String, Object> facts,
    List<Fault> errors,
    Map<String, String> headers) {

  /**
   * One thing that is wrong.
   *
   * @param member {@code pointer} for a place in the body, {@code parameter} for the query
   */
  record Fault(String member, String place, Text detail) {
    static Fault at(String pointer, Text detail) {
      return new Fault("pointer", pointer, detail);
    }

    static Fault ofParameter(String name, Text detail) {
      return new Fault("parameter", name, detail);
    }

    private Map<String, Object> toJson(Language language) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(member, place);
      json.put("detail", detail.in(language));
      return json;
    }
  }

  static Problem of(Code code, String en, String zh) {
    return new Problem(code, new Text(en, zh), Map.of(), List.of(), Map.of());
  }

  static Problem invalid(List<Fault> faults) {
    return of(Code.INVALID_FIELD, "See errors for what is wrong where.", "具体错误见 errors。")
        .withErrors(faults);
  }

  static Problem invalid(Fault fault) {
    return invalid(List.of(fault));
  }

  static Problem notFound() {
    return of(Code.NOT_FOUND, "There is none, or it is not yours to see.", "不存在，或不在您的权限范围内。");
  }

  /** The read model may yet learn of it. */
  static Problem notFoundYet() {
    return notFound().withHeader("Retry-After", "1");
  }

  static Problem forbidden() {
    return of(
        Code.FORBIDDEN,
        "This token's role or scope does not allow the request.",
        "该令牌的角色或范围不允许此请求。");
  }

  static Problem tryAgain(Duration after) {
    return of(
            Code.TRY_AGAIN,
            "Nothing is refused. Send the same request with the same Idempotency-Key again.",
            "请求并未被拒绝，请用同一幂等键重新发送同一请求。")
        .withHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
  }

  static Problem internal(String correlationId) {
    return of(
            Code.INTERNAL,
            "The operator finds the failure by its correlation id.",
            "运维人员可凭 correlationId 查找此错误。")
        .with("correlationId", correlationId);
  }

  static Problem malformed(Text detail) {
    return of(Code.MALFORMED, detail.en(), detail.zh());
  }

  static Problem keyReused() {
    return of(
        Code.IDEMPOTENCY_KEY_REUSED,
        "The same key came before with another request. Use a new key for a new request.",
        "同一幂等键此前已用于不同的请求，新的请求请使用新的幂等键。");
  }

  /** Why a class refused. */
  static Problem of(ClassRefusal refusal) {
    return switch (refusal) {
      case ClassRefusal.NotFiled r -> notFound();
      case ClassRefusal.FiledOtherwise r -> keyReused();
      case ClassRefusal.KeyReused r -> keyReused();
      case ClassRefusal.FilingIncomplete(var parts) -> filingIncomplete(parts);
      case ClassRefusal.NotApproved r ->
          of(
              Code.CLASS_NOT_APPROVED,
              "A class is filed first and runs after its approval.",
              "先备案后开班，经同意后方可组织实施。");
      case ClassRefusal.WrongState(var state) ->
          of(Code.CLASS_STATE, "The class is in the state " + state + ".", "班级当前状态为 " + state + "。")
              .with("state", state);
      case ClassRefusal.NotReady(var parts) ->
          of(
                  Code.CLASS_STATE,
                  "The class cannot open before it has: " + String.join(", ", parts) + ".",
                  "开班前还缺少：" + String.join("、", parts) + "。")
              .with("missingParts", parts);
      case ClassRefusal.LessonsRemain(var until) ->
          of(
                  Code.CLASS_STATE,
                  "Lessons run until " + Times.text(until) + ".",
                  "课程持续到 " + Times.text(until) + "，此前不能结班。")
              .with("until", until);
      case ClassRefusal.RosterFull(var most) ->
          of(
                  Code.ROSTER_FULL,
                  "A class of this region has at most " + most + " people.",
                  "本地区每班最多 " + most + " 人。")
              .with("rosterMax", most);
      case ClassRefusal.TimetableInvalid(var reason) ->
          of(Code.TIMETABLE_INVALID, "It was found that " + reason + ".", "课程表无法执行：" + reason + "。")
              .with("reason", reason);
      case ClassRefusal.NotEnrolled r ->
          of(
              Code.NOT_ENROLLED,
              "There is no such class, or the person is not on its roster.",
              "没有该班级，或该人员不在其学员名册中。");
      case ClassRefusal.NoSuchLesson r -> invalid(InField.noSuchLesson("/statement/cls"));
      case ClassRefusal.NoVoucher r ->
          ofVoucher(
              "no_voucher",
              "No valid voucher of this person is bound to the class.",
              "该人员没有绑定到本班的有效培训券。");
      case ClassRefusal.OutsideWindow(var opensAt, var closesAt) ->
          outsideWindow(opensAt, closesAt);
      case ClassRefusal.LessonNotOver(var endsAt) -> InField.lessonNotOver(endsAt);
      case ClassRefusal.OutWithoutIn r ->
          of(
              Code.SEQUENCE_VIOLATION,
              "The person has not signed in to this lesson.",
              "该人员尚未签到本课次。");
      case ClassRefusal.InstitutionSuspended(var from) -> InField.suspended(from);
      case ClassRefusal.CounterGap gap -> InField.of(gap);
      case ClassRefusal.CounterFork fork -> InField.fork();
      case ClassRefusal.CounterStale(var expected) -> InField.stale(expected);
      case ClassRefusal.DeviceNotTrusted r -> InField.notTrusted();
      case ClassRefusal.DevicesFull(var most) -> InField.devicesFull(most);
      case ClassRefusal.ClockSkew(var now) -> InField.clockSkew(now);
      case ClassRefusal.TapTimeUnprovable(var hours) -> InField.unprovable(hours);
      case ClassRefusal.TapRate r -> InField.tapRate();
      case ClassRefusal.Velocity(var minutes) -> InField.velocity(minutes);
      case ClassRefusal.CodeAlreadyUsed r -> InField.codeUsed();
      case ClassRefusal.PhoneAlreadyUsed r -> InField.phoneUsed();
      case ClassRefusal.WitnessNotAccepted r -> InField.witness();
      case ClassRefusal.ReasonRequired r -> InField.reasonRequired();
      case ClassRefusal.LessonBegun(var lesson) -> InField.lessonBegun(lesson);
      case ClassRefusal.GapsOpen(var devices) -> InField.gapsOpen(devices);
      case ClassRefusal.NoGap r -> InField.noGap();
      case ClassRefusal.TwoPersonRequired r -> InField.twoPersons();
      case ClassRefusal.NoSuchCorrection r -> notFound();
      case ClassRefusal.CorrectionSettled r -> InField.settled();
      case ClassRefusal.CorrectionsFull(var most) -> InField.correctionsFull(most);
    };
  }

  private static Problem filingIncomplete(List<String> parts) {
    Text missing = new Text("is missing or blank", "缺失或为空");
    return of(
            Code.FILING_INCOMPLETE,
            "These parts are missing: " + String.join(", ", parts) + ".",
            "缺少以下内容：" + String.join("、", parts) + "。")
        .with("missingParts", parts)
        .withErrors(
            parts.stream().map(part -> Fault.at(Requests.pointerOfPart(part), missing)).toList());
  }

  private static Problem outsideWindow(Instant opensAt, Instant closesAt) {
    String from = Times.text(opensAt);
    String until = Times.text(closesAt);
    return of(
            Code.OUTSIDE_WINDOW,
            "A scan counts from " + from + " until " + until + ".",
            "有效时间为 " + from + " 至 " + until + "。")
        .with("opensAt", opensAt)
        .with("closesAt", closesAt);
  }

  /** Why a voucher refused. */
  static Problem of(VoucherRefusal refusal) {
    return switch (refusal) {
      case VoucherRefusal.NotIssued r -> notFound();
      case VoucherRefusal.IssuedOtherwise r -> keyReused();
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
      case VoucherRefusal.ValidityOutOfRange(var days) ->
          invalid(
                  Fault.at(
                      "/expiresAt",
                      new Text(
                          "must lie in the future and at most " + days + " days ahead",
                          "应在当前时间之后，且不超过 " + days + " 天")))
              .with("validityDaysMax", days);
    };
  }

  private static Problem ofVoucher(String cause, String en, String zh) {
    return of(Code.VOUCHER_STATE, en, zh).with("cause", cause);
  }

  /**
   * Why the card platform's outcome refuses a scan.
   *
   * @throws IllegalArgumentException for a verified card, which is no refusal
   */
  static Problem of(CardOutcome outcome) {
    return switch (outcome) {
      case CardOutcome.NotActive o ->
          of(Code.CARD_STATUS, "The card platform says that it cannot be used.", "卡平台显示该卡不可使用。");
      case CardOutcome.NotAuthentic o ->
          of(
              Code.CARD_NOT_AUTHENTICATED,
              "The card is unknown, or it is not this person's.",
              "卡信息不存在或与本人不符。");
      case CardOutcome.Verified o ->
          throw new IllegalArgumentException("a verified card is no refusal");
    };
  }

  Problem with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new Problem(code, detail, more, errors, headers);
  }

  Problem withErrors(List<Fault> faults) {
    return new Problem(code, detail, facts, List.copyOf(faults), headers);
  }

  Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail, facts, errors, more);
  }

  /** The members of the answer, in the order in which people read them. */
  Map<String, Object> toJson(Language language) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "urn:skillvoucher:problem:" + code.word());
    json.put("title", code.title().in(language));
    json.put("status", code.status());
    json.put("detail", detail.in(language));
    json.put("code", code.word());
    if (!errors.isEmpty()) {
      json.put("errors", errors.stream().map(fault -> fault.toJson(language)).toList());
    }
    facts.forEach(
        (name, fact) -> json.put(name, fact instanceof Instant at ? Times.text(at) : fact));
    return json;
  }
}
