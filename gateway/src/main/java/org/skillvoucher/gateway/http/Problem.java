package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem detail (RFC 9457). {@link Code} alone gives it its status.
 *
 * @param facts extension members for programs, by name
 * @param errors the faults and their places in the request
 * @param headers headers of the response
 */
public record Problem(
    Code code,
    Text detail,
    Map<String, Object> facts,
    List<Fault> errors,
    Map<String, String> headers) {

  /**
   * One fault.
   *
   * @param member {@code pointer} for a place in the body, {@code parameter} for the query
   */
  public record Fault(String member, String place, Text detail) {
    public static Fault at(String pointer, Text detail) {
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

  public static Problem of(Code code, String en, String zh) {
    return new Problem(code, new Text(en, zh), Map.of(), List.of(), Map.of());
  }

  public static Problem invalid(List<Fault> faults) {
    return of(Code.INVALID_FIELD, "See errors for what is wrong where.", "具体错误见 errors。")
        .withErrors(faults);
  }

  public static Problem invalid(Fault fault) {
    return invalid(List.of(fault));
  }

  public static Problem notFound() {
    return of(Code.NOT_FOUND, "There is none, or it is not yours to see.", "不存在，或不在您的权限范围内。");
  }

  /** The read model may not have caught up yet: Retry-After. */
  public static Problem notFoundYet() {
    return notFound().withHeader("Retry-After", "1");
  }

  public static Problem forbidden() {
    return of(
        Code.FORBIDDEN,
        "This token's role or scope does not allow the request.",
        "该令牌的角色或范围不允许此请求。");
  }

  public static Problem tryAgain(Duration after) {
    return of(
            Code.TRY_AGAIN,
            "Nothing is refused. Send the same request with the same Idempotency-Key again.",
            "请求并未被拒绝，请用同一幂等键重新发送同一请求。")
        .withHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
  }

  static Problem tooSlow() {
    return of(
        Code.REQUEST_TIMEOUT,
        "The request did not arrive in time. Send it again.",
        "请求未在规定时间内到达，请重新发送。");
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

  public static Problem keyReused() {
    return of(
        Code.IDEMPOTENCY_KEY_REUSED,
        "The same key came before with another request. Use a new key for a new request.",
        "同一幂等键此前已用于不同的请求，新的请求请使用新的幂等键。");
  }

  public Problem with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new Problem(code, detail, more, errors, headers);
  }

  public Problem withErrors(List<Fault> faults) {
    return new Problem(code, detail, facts, List.copyOf(faults), headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail, facts, errors, more);
  }

  /** The members of the answer, the most readable ones first. */
  public Map<String, Object> toJson(Language language) {
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
