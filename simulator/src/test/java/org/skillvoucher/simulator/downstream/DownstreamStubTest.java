package org.skillvoucher.simulator.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.Json;

final class DownstreamStubTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");
  private static final String TYPE = "application/cloudevents+json; charset=utf-8";
  private static final String CONTENT = "{\"version\":1,\"class\":{\"title\":\"护理\"}}";

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final DownstreamStub stub =
      DownstreamStub.start(new DownstreamSettings(0, "secret"), clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebhookSignature signature = new WebhookSignature("secret", clock);

  @AfterEach
  void close() {
    client.shutdownNow();
    stub.close();
  }

  private static String event(String id, String content) {
    return """
    {"specversion":"1.0","type":"org.skillvoucher.evidence.attendance.v1","source":"urn:x",\
    "id":"%s","time":"2026-03-04T09:00:00Z","datacontenttype":"application/json","data":%s}"""
        .formatted(id, content);
  }

  private HttpRequest.Builder delivery(String id, Instant at, String body) {
    String seconds = String.valueOf(at.getEpochSecond());
    return HttpRequest.newBuilder(URI.create(stub.url() + "/evidence"))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", TYPE)
        .header("Idempotency-Key", id)
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signature.sign(id, seconds, body.getBytes(UTF_8)))
        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> deliver(String id, String content) throws Exception {
    return send(delivery(id, NOW, event(id, content)));
  }

  private JsonNode received() throws Exception {
    return Json.read(
            send(HttpRequest.newBuilder(URI.create(stub.url() + "/control/received"))).body())
        .path("items");
  }

  private void fault(String mode, int times) throws Exception {
    String order =
        "{\"operation\":\"evidence\",\"mode\":\"%s\",\"times\":%d}".formatted(mode, times);
    assertEquals(
        200,
        send(HttpRequest.newBuilder(URI.create(stub.url() + "/control/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(order)))
            .statusCode());
  }

  @Test
  void evidenceIsAcknowledgedWithTheHashOfItsCanonicalContent() throws Exception {
    HttpResponse<byte[]> response = deliver("E1", CONTENT);
    assertEquals(200, response.statusCode());
    JsonNode acknowledgement = Json.read(response.body());
    assertEquals("E1", acknowledgement.path("evidenceId").asText());
    byte[] canonical = "{\"class\":{\"title\":\"护理\"},\"version\":1}".getBytes(UTF_8);
    assertEquals(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Sm3.hash(canonical)),
        acknowledgement.path("contentHash").asText());
  }

  @Test
  void aSecondDeliveryGetsTheSameAcknowledgement() throws Exception {
    byte[] first = deliver("E1", CONTENT).body();
    assertArrayEquals(first, deliver("E1", CONTENT).body());
    assertEquals(1, received().size());
    assertEquals(2, received().path(0).path("deliveries").asInt());
  }

  @Test
  void otherContentUnderTheSameIdIsAConflict() throws Exception {
    deliver("E1", CONTENT);
    assertEquals(409, deliver("E1", "{\"version\":2}").statusCode());
  }

  @Test
  void failuresComeFirstAndAreCounted() throws Exception {
    fault("503", 1);
    fault("throttle", 1);
    assertEquals(503, deliver("E1", CONTENT).statusCode());
    assertEquals(429, deliver("E1", CONTENT).statusCode());
    assertEquals(200, deliver("E1", CONTENT).statusCode());
    assertEquals(3, received().path(0).path("attempts").asInt());
    assertEquals(1, received().path(0).path("deliveries").asInt());
  }

  @Test
  void afterATimeoutTheEvidenceWasTakenAllTheSame() throws Exception {
    fault("timeout", 1);
    assertThrows(
        HttpTimeoutException.class,
        () -> send(delivery("E1", NOW, event("E1", CONTENT)).timeout(Duration.ofMillis(300))));
    String taken = received().path(0).path("acknowledgementId").asText();
    assertEquals(
        taken, Json.read(deliver("E1", CONTENT).body()).path("acknowledgementId").asText());
  }

  @Test
  void anAlteredBodyOrAnOldTimestampIsRefused() throws Exception {
    HttpRequest altered =
        delivery("E1", NOW, event("E1", CONTENT))
            .POST(HttpRequest.BodyPublishers.ofString(event("E1", "{\"version\":2}"), UTF_8))
            .build();
    assertEquals(401, client.send(altered, HttpResponse.BodyHandlers.ofByteArray()).statusCode());
    assertEquals(
        401, send(delivery("E1", NOW.minusSeconds(301), event("E1", CONTENT))).statusCode());
    assertEquals(0, received().size());
  }

  @Test
  void anotherContentTypeIsNotSupported() throws Exception {
    assertEquals(
        415,
        send(delivery("E1", NOW, event("E1", CONTENT))
                .setHeader("Content-Type", "application/json"))
            .statusCode());
  }

  @Test
  void aKeyThatIsNotTheEventsIdIsRefused() throws Exception {
    assertEquals(422, send(delivery("E2", NOW, event("E1", CONTENT))).statusCode());
    assertEquals(
        400,
        send(delivery("E1", NOW, event("E1", CONTENT)).setHeader("Idempotency-Key", "E2"))
            .statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"specversion\":\"1.0\"}",
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"s\",\"id\":\"E1\",\"time\":\"t\"}"
      })
  void whatIsNoSuchEventIsRefused(String body) throws Exception {
    assertEquals(4, send(delivery("E1", NOW, body)).statusCode() / 100);
  }
}
