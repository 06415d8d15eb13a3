package org.skillvoucher.simulator.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/** The client's promise: an unknown outcome is settled by the same request, and by no other. */
final class RetryingHttpClientTest {
  private final List<StubRequest> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> rested = new ArrayList<>();
  private final List<StubReply> replies = Collections.synchronizedList(new ArrayList<>());
  private final StubServer server =
      StubServer.start(0, 10_000, new StubServer.Route("POST", "/things", this::answer));
  private final RetryingHttpClient http = new RetryingHttpClient(rested::add);

  private StubReply answer(StubRequest request) {
    received.add(request);
    return replies.isEmpty() ? StubReply.json(201, Json.object()) : replies.removeFirst();
  }

  private static StubReply busy(int status, String retryAfter) {
    return new StubReply(status, Map.of("Retry-After", retryAfter), "{}".getBytes(UTF_8));
  }

  private HttpCall call() {
    return HttpCall.post(server.url() + "/things", Json.object().put("name", "𠮷"))
        .with("Idempotency-Key", "k1");
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  @Test
  void a503IsSentAgainByteForByteUnderTheSameKey() {
    replies.add(busy(503, "2"));
    replies.add(busy(429, "1"));
    assertEquals(201, http.send(call()).status());
    assertEquals(3, received.size());
    for (StubRequest request : received) {
      assertArrayEquals(call().body(), request.body());
      assertEquals("k1", request.required("Idempotency-Key"));
    }
    assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(1)), rested);
    assertEquals(2, http.sentAgain());
  }

  @Test
  void aLongRetryAfterIsBounded() {
    replies.add(busy(503, "3600"));
    replies.add(busy(503, "tomorrow"));
    http.send(call());
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofMillis(500)), rested);
  }

  @Test
  void aRefusalIsNotSentAgain() {
    replies.add(StubReply.problem(409, "class_state", "no"));
    HttpAnswer answer = http.send(call());
    assertEquals("409 class_state", answer.verdict());
    assertEquals(1, received.size());
  }

  @Test
  void afterSomeAttemptsItGivesUp() {
    for (int i = 0; i < RetryingHttpClient.ATTEMPTS_MAX; i++) {
      replies.add(busy(503, "0"));
    }
    assertThrows(CannotConnect.class, () -> http.send(call()));
    assertEquals(RetryingHttpClient.ATTEMPTS_MAX, received.size());
  }

  @Test
  void whereNobodyListensItGivesUp() {
    HttpCall call = call();
    server.close();
    assertThrows(CannotConnect.class, () -> http.send(call));
    assertEquals(RetryingHttpClient.ATTEMPTS_MAX - 1, rested.size());
  }

  @Test
  void onceIsOnce() throws Exception {
    replies.add(busy(503, "1"));
    assertEquals(503, http.once(call()).status());
    assertEquals(1, received.size());
  }
}
