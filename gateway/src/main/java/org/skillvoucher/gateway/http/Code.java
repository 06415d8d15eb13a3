package org.skillvoucher.gateway.http;

import java.util.Locale;

/** The stable codes of problems, each with its status and title. */
public enum Code {
  BARRED_UNTIL(409, "It is barred for years", "在禁入期内"),
  CARD_NOT_AUTHENTICATED(403, "The card platform does not vouch for the card", "社保卡未通过认证"),
  CARD_STATUS(403, "The card is lost, expired or cancelled", "社保卡已挂失、过期或注销"),
  CLASS_NOT_APPROVED(409, "The class is not approved", "班级尚未经备案同意"),
  CLASS_NOT_OPEN(409, "The class is not open yet", "班级尚未开班"),
  CLASS_STATE(409, "The class's state does not allow it", "班级当前状态不允许此操作"),
  /** On the management port only. */
  CLOCK_FORWARD_ONLY(409, "The clock goes forward only", "时钟只能向前拨"),
  CLOCK_SKEW(409, "The device's clock is off", "设备时钟偏差过大"),
  CLOSING_PENDING(409, "Something still waits for a decision", "尚有未决事项"),
  CORRECTION_STATE(409, "The correction was settled before", "该更正已有结论"),
  DEVICE_COUNTER_FORK(409, "The device signed two statements with one counter", "设备计数分叉"),
  DEVICE_COUNTER_GAP(202, "Statements before this one are missing", "设备计数有缺口，尚无回执"),
  DEVICE_COUNTER_STALE(409, "The device's counter lies behind", "设备计数已过期"),
  DEVICE_NOT_TRUSTED(403, "The device is unknown, suspended or revoked", "设备未注册、已停用或已撤销"),
  DEVICE_SCOPE(403, "The device is enrolled elsewhere", "设备注册于其他机构"),
  DEVICE_STATE(409, "The device's state does not allow it", "设备当前状态不允许此操作"),
  DEVICE_SIGNATURE_INVALID(401, "The device's signature does not hold", "设备签名无效"),
  EDITION_NOT_OPEN(409, "The edition of the directory has not opened", "目录年度尚未开放"),
  ENROLMENT_CODE_USED(409, "The enrolment code cannot be used", "注册码无法使用"),
  FILING_INCOMPLETE(422, "The filing is incomplete", "开班备案材料不完整"),
  FORBIDDEN(403, "Not allowed for this token", "该令牌无权执行此操作"),
  IDENTITY_NEVER_VERIFIED(409, "The person was never verified in the class", "该人员从未核验身份"),
  INSTITUTION_NOT_ADMITTED(403, "The institution is not in the directory", "培训机构未纳入目录"),
  INSTITUTION_STATE(409, "The institution's state does not allow it", "培训机构当前状态不允许此操作"),
  INSTITUTION_SUSPENDED(403, "The institution may not train", "培训机构已暂停或退出承训资格"),
  HEADERS_TOO_LARGE(431, "The headers are too large", "请求头过大"),
  IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is missing or unusable", "缺少幂等键或幂等键无效"),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request", "幂等键已用于其他请求"),
  INTERNAL(500, "The gateway failed", "网关内部错误"),
  INVALID_FIELD(422, "A field has a bad value", "字段取值有误"),
  MALFORMED(400, "The request cannot be read", "请求无法解析"),
  METHOD_NOT_ALLOWED(405, "The address does not know this method", "该地址不支持此方法"),
  /** Of a batch's item: captured, and not to be verified any more. */
  NEVER(200, "Captured, never to be verified", "未核验留存，无法补核"),
  NOT_ACCEPTABLE(406, "None of the accepted media types is on offer", "无法提供所要求的媒体类型"),
  NOT_ENROLLED(403, "Not on the roster of such a class", "不在该班级学员名册中"),
  NOT_FOUND(404, "There is no such thing", "未找到"),
  OUTSIDE_WINDOW(409, "Outside the time in which a scan counts", "不在签到签退时间内"),
  PHONE_ALREADY_USED(409, "One phone, one person", "一部手机仅限一人签到"),
  QR_ALREADY_USED(409, "The code was used", "二维码已使用"),
  QR_EXPIRED(410, "The code has expired", "二维码已过期"),
  QR_INVALID(400, "This is no such code", "二维码无效"),
  REASON_NOT_FIT(422, "The reason does not fit", "理由不适用"),
  REASON_REQUIRED(422, "Whoever changes what was approved says why", "变更须说明理由"),
  REQUEST_TIMEOUT(408, "The request did not arrive in time", "请求未在规定时间内到达"),
  ROSTER_DIGITS_LOST(422, "The id numbers have lost their last digits", "身份证号码末位丢失"),
  ROSTER_FULL(409, "The roster is full", "学员名册已满"),
  ROSTER_UNDECODABLE(422, "The roster file cannot be decoded", "名册文件无法解码"),
  SCHEDULE_OVERLAP(409, "The person has another class at these hours", "该人员同一时间已有其他班级课程"),
  SEQUENCE_VIOLATION(409, "Sign-out without sign-in", "未签到不能签退"),
  SIDE_NOT_ALLOWED(403, "Another side decides this", "须由其他方办理"),
  SIGNATURE_SUITE_MISMATCH(
      401, "The signature is of another suite than the device's key", "签名算法与设备密钥不符"),
  SITE_UNKNOWN(404, "There is no such site or room", "培训点或教室不存在"),
  TAP_RATE(429, "Faster than people can tap", "刷卡过快"),
  TAP_TIME_UNPROVABLE(422, "The time of the tap cannot be proven", "无法证明签到时间"),
  TIMETABLE_INVALID(422, "The timetable cannot be held", "课程表无法执行"),
  TOO_LARGE(413, "The request is too large", "请求过大"),
  TOO_MANY_REQUESTS(429, "Too many requests of one client at once", "同一客户端的并发请求过多"),
  /** Of a batch's item: captured, and to be sent again. */
  TRY_LATER(200, "Captured, to be verified later", "未核验留存，待补核"),
  TRY_AGAIN(503, "The outcome is unknown, send the same request again", "结果未知，请用同一请求重试"),
  TWO_PERSON_REQUIRED(403, "A second person decides", "须由另一人复核"),
  UNAUTHENTICATED(401, "No valid token", "令牌缺失或无效"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported here", "不支持该媒体类型"),
  URI_TOO_LONG(414, "The address is too long", "请求地址过长"),
  VELOCITY(409, "At two sites faster than one can travel", "异地签到间隔过短"),
  VOUCHER_INSTITUTION(409, "The voucher cannot be used at this institution", "培训券不可在该培训机构使用"),
  VOUCHER_REGION(409, "The voucher cannot be used in this region", "培训券不可在该地区使用"),
  VOUCHER_SCOPE(409, "The voucher is for another occupation or level", "培训券适用的职业或等级不符"),
  VOUCHER_STATE(409, "The voucher does not allow it", "培训券不允许此操作"),
  WITNESS_NOT_ACCEPTED(403, "This person cannot be the witness", "见证人不符合要求");

  private final int status;
  private final String en;
  private final String zh;

  Code(int status, String en, String zh) {
    this.status = status;
    this.en = en;
    this.zh = zh;
  }

  /** The value of {@code code}, and the end of {@code type}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int status() {
    return status;
  }

  public Text title() {
    return new Text(en, zh);
  }
}
