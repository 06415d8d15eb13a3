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
public final class Gateway {
  private final Http http;
  private final ReadyFile ready;
  private final String run;
  private final AtomicInteger keys = new AtomicInteger();

  /**
   * @param run makes this run's keys different from those of all others
   */
  public Gateway(Http http, ReadyFile ready, String run) {
    this.http = http;
    this.ready = ready;
    this.run = run;
  }

  public Http http() {
    return http;
  }

  public ReadyFile ready() {
    return ready;
  }

  /** A key that was never used before. */
  public String newKey() {
    return run + "-" + keys.incrementAndGet();
  }

  public Call getCall(Role role, String path) {
    return Call.get(ready.api() + path).with("Authorization", "Bearer " + token(role));
  }

  public Call postCall(Role role, String path, String key, JsonNode body) {
    return Call.post(ready.api() + path, body)
        .with("Authorization", "Bearer " + token(role))
        .with("Idempotency-Key", key);
  }

  public Answer get(Role role, String path) {
    return http.send(getCall(role, path));
  }

  /** Reads something that must be there. */
  public JsonNode read(Role role, String path) {
    Answer answer = get(role, path);
    return must("GET " + path, answer);
  }

  public Answer post(Role role, String path, JsonNode body) {
    return http.send(postCall(role, path, newKey(), body));
  }

  /** Does something on which the rest of the story depends. */
  public JsonNode act(Role role, String path, JsonNode body) {
    return must("POST " + path, post(role, path, body));
  }

  public Answer postCsv(Role role, String path, byte[] csv, String charset) {
    return http.send(
        new Call(
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

  public static JsonNode must(String what, Answer answer) {
    if (!answer.isSuccess()) {
      JsonNode problem = answer.json();
      throw new StoryEnds(
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
