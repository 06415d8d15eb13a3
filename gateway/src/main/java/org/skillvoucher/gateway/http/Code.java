package org.skillvoucher.gateway.http;

import java.util.Locale;

/** The stable codes of problems, each with its status and title. */
enum Code {
  CARD_NOT_AUTHENTICATED(403, "The card platform does not vouch for the card", "社保卡未通过认证"),
  CARD_STATUS(403, "The card is lost, expired or cancelled", "社保卡已挂失、过期或注销"),
  CLASS_NOT_APPROVED(409, "The class is not approved", "班级尚未经备案同意"),
  CLASS_STATE(409, "The class's state does not allow it", "班级当前状态不允许此操作"),
  /** On the management port only. */
  CLOCK_FORWARD_ONLY(409, "The clock goes forward only", "时钟只能向前拨"),
  FILING_INCOMPLETE(422, "The filing is incomplete", "开班备案材料不完整"),
  FORBIDDEN(403, "Not allowed for this token", "该令牌无权执行此操作"),
  HEADERS_TOO_LARGE(431, "The headers are too large", "请求头过大"),
  IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is missing or unusable", "缺少幂等键或幂等键无效"),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request", "幂等键已用于其他请求"),
  INTERNAL(500, "The gateway failed", "网关内部错误"),
  INVALID_FIELD(422, "A field has a bad value", "字段取值有误"),
  MALFORMED(400, "The request cannot be read", "请求无法解析"),
  METHOD_NOT_ALLOWED(405, "The address does not know this method", "该地址不支持此方法"),
  NOT_ACCEPTABLE(406, "None of the accepted media types is on offer", "无法提供所要求的媒体类型"),
  NOT_ENROLLED(403, "Not on the roster of such a class", "不在该班级学员名册中"),
  NOT_FOUND(404, "There is no such thing", "未找到"),
  OUTSIDE_WINDOW(409, "Outside the time in which a scan counts", "不在签到签退时间内"),
  ROSTER_FULL(409, "The roster is full", "学员名册已满"),
  ROSTER_UNDECODABLE(422, "The roster file cannot be decoded", "名册文件无法解码"),
  SEQUENCE_VIOLATION(409, "Sign-out without sign-in", "未签到不能签退"),
  TIMETABLE_INVALID(422, "The timetable cannot be held", "课程表无法执行"),
  TOO_LARGE(413, "The request is too large", "请求过大"),
  TRY_AGAIN(503, "The outcome is unknown, send the same request again", "结果未知，请用同一请求重试"),
  UNAUTHENTICATED(401, "No valid token", "令牌缺失或无效"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported here", "不支持该媒体类型"),
  URI_TOO_LONG(414, "The address is too long", "请求地址过长"),
  VOUCHER_STATE(409, "The voucher does not allow it", "培训券不允许此操作");

  private final int status;
  private final String en;
  private final String zh;

  Code(int status, String en, String zh) {
    this.status = status;
    this.en = en;
    this.zh = zh;
  }

  /** The word in {@code code} and at the end of {@code type}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int status() {
    return status;
  }

  Text title() {
    return new Text(en, zh);
  }
}
