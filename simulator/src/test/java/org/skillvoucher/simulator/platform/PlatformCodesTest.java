package org.skillvoucher.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.Json;

/** People's codes of one minute (个人动态码). */
final class PlatformCodesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Card CARD =
      new Card(
          "990100D1560000050000000000000001",
          "990101199003150015",
          "990000001",
          "张三",
          Card.CardStatus.ACTIVE);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final PlatformStub stub = PlatformStub.start(GmCaller.SETTINGS, now::get, List.of(CARD));
  private final GmCaller caller = new GmCaller(stub.url(), Duration.ofSeconds(20));

  @AfterEach
  void close() {
    caller.close();
    stub.close();
  }

  private String code(String more) throws Exception {
    HttpResponse<String> made =
        caller.control("/control/codes", "{\"number\":\"990101199003150015\"" + more + "}");
    assertEquals(200, made.statusCode());
    return Json.text(Json.read(made.body().getBytes(UTF_8)), "code");
  }

  private JsonNode resolve(String code, String key) throws Exception {
    GmCaller.Headers headers = GmCaller.Headers.right(now.get());
    HttpResponse<byte[]> response = caller.resolve(code, key, headers);
    assertEquals(200, response.statusCode(), new String(response.body(), UTF_8));
    return caller.open(response, headers.nonce());
  }

  @Test
  void aCodeSaysWhoseItIsOnceAndAgainUnderTheSameKey() throws Exception {
    String code = code("");
    JsonNode first = resolve(code, "k1");

    assertEquals("OK", first.path("outcome").asText());
    assertEquals("990101199003150015", first.path("number").asText());
    assertEquals("张三", first.path("name").asText());
    assertEquals(first, resolve(code, "k1"));
    JsonNode second = resolve(code, "k2");
    assertEquals("ALREADY_USED", second.path("outcome").asText());
    assertEquals("k1", second.path("usedBy").asText());
    assertFalse(second.has("number"));
  }

  @Test
  void aCodeLivesForOneMinute() throws Exception {
    String code = code("");
    now.set(NOW.plusSeconds(61));
    assertEquals("EXPIRED", resolve(code, "k1").path("outcome").asText());
    assertEquals("EXPIRED", resolve(code(",\"ageSeconds\":3600"), "k2").path("outcome").asText());
  }

  @Test
  void anInventedCodeIsNobodys() throws Exception {
    assertEquals("NOT_FOUND", resolve("SSC-QR-1", "k1").path("outcome").asText());
  }

  @Test
  void aFaultMayBeOrderedForCodesAlone() throws Exception {
    assertEquals(
        200,
        caller
            .control(
                "/control/faults",
                "{\"operation\":\"resolveQr\",\"mode\":\"throttle\",\"times\":1}")
            .statusCode());
    String code = code("");
    assertEquals("THROTTLED", resolve(code, "k1").path("outcome").asText());
    assertTrue(resolve(code, "k1").has("number"));
  }

  @Test
  void nobodyWithoutACardHasACode() throws Exception {
    assertEquals(
        422, caller.control("/control/codes", "{\"number\":\"990101199003150999\"}").statusCode());
  }
}
