package org.skillvoucher.simulator.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gateway as its callers see it: addresses, a token for each role, and idempotency keys that no
 * other run has used.
 */
public final class GatewayClient {
  private final RetryingHttpClient http;
  private final ReadyFile ready;
  private final String run;
  private final AtomicInteger keys = new AtomicInteger();

  /**
   * @param run makes this run's keys different from those of all others
   */
  public GatewayClient(RetryingHttpClient http, ReadyFile ready, String run) {
    this.http = http;
    this.ready = ready;
    this.run = run;
  }

  public RetryingHttpClient http() {
    return http;
  }

  public ReadyFile ready() {
    return ready;
  }

  /** A key that was never used before. */
  public String newKey() {
    return run + "-" + keys.incrementAndGet();
  }

  public HttpCall getCall(Role role, String path) {
    return HttpCall.get(ready.api() + path).with("Authorization", "Bearer " + token(role));
  }

  public HttpCall postCall(Role role, String path, String key, JsonNode body) {
    return HttpCall.post(ready.api() + path, body)
        .with("Authorization", "Bearer " + token(role))
        .with("Idempotency-Key", key);
  }

  public HttpAnswer get(Role role, String path) {
    return http.send(getCall(role, path));
  }

  /** Reads something that must be there. */
  public JsonNode read(Role role, String path) {
    HttpAnswer answer = get(role, path);
    return must("GET " + path, answer);
  }

  public HttpAnswer post(Role role, String path, JsonNode body) {
    return http.send(postCall(role, path, newKey(), body));
  }

  /** Posts something on which the rest of the run depends. */
  public JsonNode act(Role role, String path, JsonNode body) {
    return must("POST " + path, post(role, path, body));
  }

  public HttpAnswer postCsv(Role role, String path, byte[] csv, String charset) {
    return http.send(
        new HttpCall(
            "POST",
            URI.create(ready.api() + path),
            Map.of(
                "Content-Type",
                "text/csv; charset=" + charset,
                "Authorization",
                "Bearer " + token(role),
                "Idempotency-Key",
                newKey()),
            csv));
  }

  public static JsonNode must(String what, HttpAnswer answer) {
    if (!answer.isSuccess()) {
      JsonNode problem = answer.json();
      throw new UnexpectedAnswer(
          what
              + " was answered "
              + answer.verdict()
              + ": "
              + problem.path("detail").asText("no detail")
              + (problem.has("errors") ? " " + problem.path("errors") : ""));
    }
    return answer.json();
  }

  private String token(Role role) {
    return Objects.requireNonNull(ready.tokens().get(role));
  }
}
