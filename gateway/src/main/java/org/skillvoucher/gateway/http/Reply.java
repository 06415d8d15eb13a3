package org.skillvoucher.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.gateway.security.IdempotentCalls;

/** An answer before it is put on the wire. */
public record Reply(int status, String mediaType, ByteString body, Map<String, String> headers) {
  public static final String LOCATION = "Location";
  public static final String DISPOSITION = "Content-Disposition";
  public static final String JSON = "application/json";
  public static final String OCTETS = "application/octet-stream";
  static final String PROBLEM = "application/problem+json";

  public static Reply json(int status, Object body) {
    return of(status, JSON, Json.write(body));
  }

  public static Reply of(int status, String mediaType, byte[] body) {
    return new Reply(status, mediaType, ByteString.fromArrayUnsafe(body), Map.of());
  }

  /** The replay of a recorded answer. */
  static Reply of(IdempotentCalls.StoredAnswer answer) {
    Reply reply =
        of(answer.status(), answer.mediaType(), answer.body().getBytes(StandardCharsets.UTF_8));
    return answer.location().isEmpty() ? reply : reply.with(LOCATION, answer.location());
  }

  /** The answer to record for a retry under the same idempotency key. */
  IdempotentCalls.StoredAnswer toIdempotentAnswer() {
    return new IdempotentCalls.StoredAnswer(
        status, mediaType, headers.getOrDefault(LOCATION, ""), body.utf8String());
  }

  static Reply problem(Problem problem, Language language) {
    byte[] body = Json.write(problem.toJson(language));
    return new Reply(
            problem.code().status(), PROBLEM, ByteString.fromArrayUnsafe(body), problem.headers())
        .with("Content-Language", language.tag());
  }

  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, mediaType, body, more);
  }
}
