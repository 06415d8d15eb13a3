package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.scan.DeviceFault;

/** The problems of scans in the field and of what people add to them, in both languages. */
public final class ScanProblems {
  private ScanProblems() {}

  public static Problem suspended(Instant from) {
    return Problem.of(
            Code.INSTITUTION_SUSPENDED,
            "It is suspended, or out of the directory, since " + Times.text(from) + ".",
            "该机构自 " + Times.text(from) + " 起暂停或退出承训资格。")
        .with("from", from);
  }

  public static Problem.Fault noSuchLesson(String pointer) {
    return Problem.Fault.at(pointer, new Text("the timetable has no such lesson", "课程表中没有该课次"));
  }

  public static Problem lessonNotOver(Instant endsAt) {
    return Problem.of(
            Code.OUTSIDE_WINDOW,
            "The lesson ends at " + Times.text(endsAt) + "; it can be corrected from then on.",
            "本课次于 " + Times.text(endsAt) + " 结束，结束后方可更正。")
        .with("opensAt", endsAt);
  }

  public static Problem of(ClassRefusal.CounterGap gap) {
    return Problem.of(
            Code.DEVICE_COUNTER_GAP,
            "Send the missing statements first, then this one again.",
            "请先补传缺失的声明，再重新发送本条。")
        .with("expected", gap.expected())
        .with("received", gap.received());
  }

  public static Problem fork() {
    return Problem.of(
        Code.DEVICE_COUNTER_FORK,
        "Another statement with this counter was kept, or the chain is broken. The device is"
            + " suspended; both statements are kept.",
        "该计数已对应另一份声明，或声明链断裂。设备已停用，两份声明均已留存。");
  }

  public static Problem stale(long expected) {
    return Problem.of(
            Code.DEVICE_COUNTER_STALE,
            "This counter or boot epoch lies behind what the class has heard of the device.",
            "该计数或启动批次落后于本班已记录的设备状态。")
        .with("expected", expected);
  }

  public static Problem notTrusted() {
    return Problem.of(
        Code.DEVICE_NOT_TRUSTED,
        "The device is not enrolled under this name, or its trust has ended.",
        "设备未以此名称注册，或已失去信任。");
  }

  public static Problem devicesFull(int most) {
    return Problem.of(
            Code.CLASS_STATE,
            "A class has at most " + most + " devices.",
            "每班最多使用 " + most + " 台设备。")
        .with("devicesMax", most);
  }

  public static Problem clockSkew(Instant now) {
    return Problem.of(
            Code.CLOCK_SKEW,
            "The gateway's time is " + Times.text(now) + ". Set the clock by the beacon.",
            "网关时间为 " + Times.text(now) + "，请按信标校准设备时钟。")
        .with("now", now);
  }

  public static Problem unprovable(int hours) {
    return Problem.of(
            Code.TAP_TIME_UNPROVABLE,
            "No time beacon of this device and boot proves the time, or it lies more than "
                + hours
                + " hours back.",
            "没有本设备本次启动的时间信标可证明签到时间，或已超过 " + hours + " 小时。")
        .with("offlineHoursMax", hours);
  }

  public static Problem tapRate() {
    return Problem.of(
            Code.TAP_RATE,
            "Two people cannot tap one device that fast. The device is flagged.",
            "两人不可能如此快地在同一设备上刷卡，该设备已被预警。")
        .withHeader("Retry-After", "1");
  }

  public static Problem velocity(int minutes) {
    return Problem.of(
            Code.VELOCITY,
            "Between two sites lie at least " + minutes + " minutes.",
            "两个培训点之间至少间隔 " + minutes + " 分钟。")
        .with("minutesMin", minutes);
  }

  public static Problem codeUsed() {
    return Problem.of(
        Code.QR_ALREADY_USED,
        "This person used the code before. Scan the one that is shown now.",
        "该人员已使用过此码，请扫描当前显示的码。");
  }

  public static Problem phoneUsed() {
    return Problem.of(
        Code.PHONE_ALREADY_USED,
        "Somebody else of this class signed in with this phone. Use a card, or ask for assisted"
            + " sign-in.",
        "本班已有他人使用此手机签到，请刷卡或申请协助签到。");
  }

  public static Problem witness() {
    return Problem.of(
        Code.WITNESS_NOT_ACCEPTED,
        "A witness is a teacher of the class; another trainee who has signed in to the lesson only"
            + " where the region allows it.",
        "见证人须为本班教师；本地区规则允许时，可为已签到本课次的其他学员。");
  }

  public static Problem reasonRequired() {
    return Problem.of(
            Code.REASON_REQUIRED,
            "The class has a timetable. Say why it changes.",
            "课程表已存在，变更须说明理由。")
        .withErrors(List.of(Problem.Fault.at("/reason", new Text("is missing", "缺失"))));
  }

  public static Problem noGap() {
    return Problem.of(Code.CLASS_STATE, "No statement of this device is missing.", "该设备没有缺失的声明。");
  }

  public static Problem twoPersons() {
    return Problem.of(
        Code.TWO_PERSON_REQUIRED,
        "The person who proposed a correction does not decide it.",
        "提出更正的人不能自行审核。");
  }

  public static Problem settled() {
    return Problem.of(
        Code.CORRECTION_STATE,
        "It was decided, or proposed, otherwise before.",
        "该更正此前已有不同的内容或结论。");
  }

  public static Problem correctionsFull(int most) {
    return Problem.of(
            Code.CLASS_STATE,
            "A class has at most " + most + " corrections.",
            "每班最多 " + most + " 条更正。")
        .with("correctionsMax", most);
  }

  /** What is wrong with a device. */
  static Problem of(DeviceFault fault) {
    return switch (fault) {
      case NOT_TRUSTED -> notTrusted();
      case ELSEWHERE ->
          Problem.of(
              Code.DEVICE_SCOPE,
              "The token is not this device's, or not of the institution it is enrolled at.",
              "令牌不属于该设备，或不属于该设备注册的机构。");
      case SIGNATURE_INVALID -> signatureInvalid();
      case SUITE_MISMATCH ->
          unsigned(
              Problem.of(
                  Code.SIGNATURE_SUITE_MISMATCH,
                  "Sign with the key's own suite; SM2 with the user id 1234567812345678.",
                  "请使用设备密钥对应的算法签名；SM2 的用户标识为 1234567812345678。"));
    };
  }

  static Problem signatureInvalid() {
    return unsigned(
        Problem.of(
            Code.DEVICE_SIGNATURE_INVALID,
            "The signature is not the device's, or the statement does not commit to what was"
                + " presented.",
            "签名与设备不符，或声明与所出示内容不一致。"));
  }

  /** RFC 9110 requires a challenge with every 401; another token would not help here. */
  private static Problem unsigned(Problem problem) {
    return problem.withHeader(
        "WWW-Authenticate", "DeviceStatement realm=\"skill-voucher-gateway\"");
  }

  /**
   * Why the platform does not resolve a code.
   *
   * @throws IllegalArgumentException for a resolved one, which is no refusal
   */
  static Problem of(CodeOutcome outcome) {
    return switch (outcome) {
      case CodeOutcome.Expired o -> codeExpired();
      case CodeOutcome.Invalid o -> codeInvalid();
      case CodeOutcome.AlreadyUsed o ->
          Problem.of(
              Code.QR_ALREADY_USED, "Each code is used once. Show a new one.", "二维码仅能使用一次，请刷新后重试。");
      case CodeOutcome.Resolved o ->
          throw new IllegalArgumentException("a resolved code is no refusal");
    };
  }

  static Problem codeExpired() {
    return Problem.of(Code.QR_EXPIRED, "Show a new code.", "请刷新二维码后重试。");
  }

  static Problem codeInvalid() {
    return Problem.of(
        Code.QR_INVALID,
        "It is not a code of this class or of the card platform.",
        "不是本班或卡平台的有效二维码。");
  }

  /** 未核验留存. */
  static Problem captured(boolean verifiable) {
    return verifiable
        ? Problem.of(
            Code.TRY_LATER,
            "Captured, not verified: the card platform is silent. Keep it and send it again.",
            "未核验留存：卡平台无应答，请保留并稍后重新发送。")
        : Problem.of(
            Code.NEVER,
            "Captured, not verified: the code's minute is over, so it can never be verified.",
            "未核验留存：动态码已过期，无法再核验。");
  }
}
