package org.skillvoucher.simulator.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;

/** What came back. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpAnswer(int status, HttpHeaders headers, byte[] body) {
  public JsonNode json() {
    try {
      return Json.read(body);
    } catch (BadRequest e) {
      throw new UnexpectedAnswer("an answer " + status + " is no JSON", e);
    }
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The problem's code; {@code ok} for a success, {@code http_NNN} where there is none. */
  public String code() {
    if (isSuccess()) {
      return "ok";
    }
    try {
      return Json.read(body).path("code").asText("http_" + status);
    } catch (BadRequest e) {
      return "http_" + status;
    }
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  public boolean isReplay() {
    return header("Idempotent-Replay").filter("true"::equals).isPresent();
  }

  /** The status with its code, as a line of the report shows it. */
  public String verdict() {
    return isSuccess() ? String.valueOf(status) : status + " " + code();
  }
}
