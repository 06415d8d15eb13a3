package org.skillvoucher.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One JSON answer. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record StubReply(int status, Map<String, String> headers, byte[] body) {
  public static StubReply json(int status, JsonNode body) {
    return new StubReply(status, Map.of(), Json.write(body));
  }

  public static StubReply problem(int status, String code, String detail) {
    return json(
        status, Json.object().put("status", status).put("code", code).put("detail", detail));
  }

  /** Busy for the moment. */
  public static StubReply tryAgain(int status, String code) {
    StubReply reply = problem(status, code, "try again");
    return new StubReply(status, Map.of("Retry-After", "1"), reply.body());
  }
}
