package org.skillvoucher.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.simulator.wire.Json;
import org.slf4j.LoggerFactory;

final class PlatformStubTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Card CARD = card("01", "990101199003150015", "张三");
  private static final Card OTHER = card("02", "990101199003150023", "李四");

  private final PlatformStub stub =
      PlatformStub.start(GmCaller.SETTINGS, InstantSource.fixed(NOW), List.of(CARD, OTHER));
  private final GmCaller caller = new GmCaller(stub.url(), Duration.ofSeconds(20));

  private static Card card(String end, String number, String name) {
    return new Card(
        "990100D15600000500000000000000" + end,
        number,
        "9900000" + end,
        name,
        Card.CardStatus.ACTIVE);
  }

  @AfterEach
  void close() {
    caller.close();
    stub.close();
  }

  private JsonNode verify(Card card, String key) throws Exception {
    GmCaller.Headers headers = GmCaller.Headers.right(NOW);
    HttpResponse<byte[]> response = caller.call(card, key, headers);
    assertEquals(200, response.statusCode());
    return caller.open(response, headers.nonce());
  }

  private String outcome(Card card, String key) throws Exception {
    return verify(card, key).path("outcome").asText();
  }

  private int status(Card card, GmCaller.Headers headers) throws Exception {
    return caller.call(card, "k", headers).statusCode();
  }

  private void register(Card card, String status) throws Exception {
    String body =
        """
        [{"cardIdentificationCode":"%s","socialSecurityNumber":"%s","cardNumber":"%s",
          "name":"%s","status":"%s"}]
        """
            .formatted(
                card.identificationCode(),
                card.personNumber(),
                card.cardNumber(),
                card.name(),
                status);
    assertEquals(200, caller.control("/control/cards", body).statusCode());
  }

  private void fault(String mode, int times) throws Exception {
    String body =
        "{\"operation\":\"verifyCard\",\"mode\":\"%s\",\"times\":%d}".formatted(mode, times);
    assertEquals(200, caller.control("/control/faults", body).statusCode());
  }

  @Test
  void aRegisteredCardInItsHoldersNameIsVerified() throws Exception {
    JsonNode answer = verify(CARD, "k1");
    assertEquals("OK", answer.path("outcome").asText());
    assertFalse(answer.path("reference").asText().isBlank());
  }

  @Test
  void theSameKeyAndCardGetTheSameAnswer() throws Exception {
    JsonNode first = verify(CARD, "k1");
    assertEquals(first, verify(CARD, "k1"));
    assertNotEquals(first, verify(CARD, "k2"));
  }

  @Test
  void theSameKeyWithAnotherCardIsAConflict() throws Exception {
    verify(CARD, "k1");
    assertEquals("CONFLICT", outcome(OTHER, "k1"));
  }

  @Test
  void aCardNobodyRegisteredIsNotFound() throws Exception {
    assertEquals("NOT_FOUND", outcome(card("03", "990101199003150015", "张三"), "k1"));
  }

  @Test
  void somebodyElsesCardIsAMismatch() throws Exception {
    Card borrowed =
        new Card(
            OTHER.identificationCode(),
            CARD.personNumber(),
            CARD.cardNumber(),
            CARD.name(),
            Card.CardStatus.ACTIVE);
    assertEquals("PERSON_MISMATCH", outcome(borrowed, "k1"));
  }

  @ParameterizedTest
  @CsvSource({"lost,CARD_NOT_ACTIVE", "expired,EXPIRED", "active,OK"})
  void theStatusDecides(String status, String outcome) throws Exception {
    register(CARD, status);
    assertEquals(outcome, outcome(CARD, "k1"));
  }

  @Test
  void aRefusalIsLookedAtAfreshUnderTheSameKey() throws Exception {
    register(CARD, "lost");
    assertEquals("CARD_NOT_ACTIVE", outcome(CARD, "k1"));
    register(CARD, "active");
    assertEquals("OK", outcome(CARD, "k1"));
  }

  @Test
  void aWrongSecretOrAccessKeyIsRefused() throws Exception {
    GmCaller.Headers right = GmCaller.Headers.right(NOW);
    assertEquals(401, status(CARD, right.withSecret("other")));
    assertEquals(401, status(CARD, right.withAccessKey("other")));
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void aClockMoreThanFiveMinutesOffIsRefused(long seconds) throws Exception {
    assertEquals(401, status(CARD, GmCaller.Headers.right(NOW.plusSeconds(seconds))));
  }

  @Test
  void aClockLessThanFiveMinutesOffIsTaken() throws Exception {
    assertEquals(200, status(CARD, GmCaller.Headers.right(NOW.minus(Duration.ofSeconds(299)))));
  }

  @Test
  void aNonceCountsOnce() throws Exception {
    GmCaller.Headers headers = GmCaller.Headers.right(NOW).withNonce("n1");
    assertEquals(200, status(CARD, headers));
    assertEquals(401, status(CARD, headers));
  }

  @Test
  void aCallWithoutItsHeadersIsBad() throws Exception {
    HttpResponse<String> response = caller.control(GmCaller.PATH, "{}");
    assertEquals(400, response.statusCode());
    assertEquals(
        "header_missing", Json.read(response.body().getBytes(UTF_8)).path("code").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"envelope\":1}", "{\"envelope\":\"AAAA\"}"})
  void aBodyWithoutAnEnvelopeIsBad(String body) throws Exception {
    assertEquals(
        400, caller.send(body.getBytes(UTF_8), "k", GmCaller.Headers.right(NOW)).statusCode());
  }

  @Test
  void faultsComeAsOftenAsOrderedAndThenNoMore() throws Exception {
    fault("503", 2);
    fault("throttle", 1);
    assertEquals(503, status(CARD, GmCaller.Headers.right(NOW)));
    assertEquals(503, status(CARD, GmCaller.Headers.right(NOW)));
    assertEquals("THROTTLED", outcome(CARD, "k1"));
    assertEquals("OK", outcome(CARD, "k1"));
  }

  @Test
  void aTimeoutLeavesTheCallerWithoutAnAnswerAndTheNextCallWithOne() throws Exception {
    fault("timeout", 1);
    GmCaller.Headers headers = GmCaller.Headers.right(NOW);
    try (GmCaller hasty = new GmCaller(stub.url(), Duration.ofMillis(300))) {
      assertThrows(HttpTimeoutException.class, () -> hasty.call(CARD, "k1", headers));
    }
    assertEquals("OK", outcome(CARD, "k1"));
  }

  @Test
  void aBodyOverTheBoundIsTooLarge() throws Exception {
    assertEquals(
        413, caller.send(new byte[(1 << 20) + 1], "k", GmCaller.Headers.right(NOW)).statusCode());
  }

  @Test
  void unknownPathsAndMethodsAreDistinguished() throws Exception {
    assertEquals(404, caller.get("/nothing").statusCode());
    assertEquals(405, caller.get("/control/cards").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"operation\":\"verifyCard\",\"mode\":\"sulk\"}",
        "{\"operation\":\"other\",\"mode\":\"503\"}",
        "{\"mode\":\"503\"}",
        "{\"operation\":\"verifyCard\",\"mode\":\"503\",\"times\":0}",
        "{\"operation\":\"verifyCard\",\"mode\":\"503\",\"mode\":\"503\"}",
        "no json"
      })
  void aFaultNobodyKnowsIsRefused(String body) throws Exception {
    assertEquals(4, caller.control("/control/faults", body).statusCode() / 100);
  }

  @Test
  void nothingOfACardIsLogged() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger("org.skillvoucher.simulator");
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.TRACE);
    try {
      verify(CARD, "k1");
      register(OTHER, "lost");
      outcome(OTHER, "k2");
    } finally {
      root.setLevel(Level.INFO);
      root.detachAppender(appender);
    }
    List<String> lines =
        List.copyOf(appender.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertFalse(lines.isEmpty());
    assertTrue(
        lines.stream()
            .noneMatch(
                line ->
                    List.of(CARD, OTHER).stream()
                        .anyMatch(
                            card ->
                                line.contains(card.personNumber())
                                    || line.contains(card.name())
                                    || line.contains(card.identificationCode()))));
    assertEquals("Card active", CARD.toString());
  }
}
