package org.skillvoucher.gateway.cardplatform.gm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform.Silent;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.PlatformSettings;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

class GmCardPlatformTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final CardReading CARD =
      new CardReading("990100D1560000050000000000000001", "99010119900315004X", "A12345678", "王𠮷");

  private final StubPlatform stub =
      new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "REF-1")));
  private final GmCardPlatform platform = platform(LONG, 100);

  @AfterEach
  void close() {
    stub.close();
    assertEquals(List.of(), stub.faults);
  }

  @Test
  void aRealCardIsVerifiedWithThePlatformsReference() {
    assertEquals(new CardOutcome.Verified("REF-1"), verify("scan-1"));
  }

  @Test
  void thePlatformReadsTheCardAndTheScanKeyAndNothingTravelsInPlain() {
    verify("scan-1");
    var asked = stub.asked.getFirst();
    assertEquals("scan-1", asked.idempotencyKey());
    assertEquals(CARD.cardIdentificationCode(), text(asked, "cardIdentificationCode"));
    assertEquals(CARD.socialSecurityNumber(), text(asked, "socialSecurityNumber"));
    assertEquals(CARD.cardNumber(), text(asked, "cardNumber"));
    assertEquals(CARD.name(), text(asked, "name"));
    String body = asked.body();
    assertFalse(body.contains(CARD.socialSecurityNumber()) || body.contains(CARD.name()));
  }

  @Test
  void everyRequestHasANonceOfItsOwn() {
    for (int i = 0; i < 20; i++) {
      verify("scan-1");
    }
    var nonces = new HashSet<String>();
    stub.asked.forEach(asked -> nonces.add(asked.nonce()));
    assertEquals(20, nonces.size());
  }

  @Test
  void theSignatureAgreesWithOpenSsl() {
    assertEquals(
        "41d180cde0adeddd2c855bd61286f538bafcaae8f991b49b2f0cea95715086cf",
        new GmWire(settings(stub.url(), LONG, 1))
            .signature(
                GmWire.VERIFY_CARD,
                "1760000000000",
                "00112233445566778899aabbccddeeff",
                "scan-1",
                "{}".getBytes(UTF_8)));
  }

  @Test
  void aCardUsedUnderOurOwnKeyIsVerified() {
    stub.behave(
        StubPlatform.fields(
            Map.of("outcome", "ALREADY_USED", "usedBy", "scan-1", "reference", "REF-2")));
    assertEquals(new CardOutcome.Verified("REF-2"), verify("scan-1"));
  }

  @Test
  void aCardUsedUnderAnothersKeyIsNotAuthentic() {
    stub.behave(
        StubPlatform.fields(
            Map.of("outcome", "ALREADY_USED", "usedBy", "scan-2", "reference", "REF-2")));
    assertEquals(new CardOutcome.NotAuthentic(), verify("scan-1"));
  }

  @Test
  void aCardUsedByWhoKnowsWhomIsSilence() {
    stub.behave(StubPlatform.fields(Map.of("outcome", "ALREADY_USED", "reference", "REF-2")));
    assertSilent("scan-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CARD_NOT_ACTIVE", "EXPIRED"})
  void aLostOrExpiredCardIsNotActive(String outcome) {
    stub.behave(StubPlatform.fields(Map.of("outcome", outcome)));
    assertEquals(new CardOutcome.NotActive(), verify("scan-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT_FOUND", "PERSON_MISMATCH", "NOT_ELIGIBLE"})
  void anUnknownCardOrAnothersIsNotAuthentic(String outcome) {
    stub.behave(StubPlatform.fields(Map.of("outcome", outcome)));
    assertEquals(new CardOutcome.NotAuthentic(), verify("scan-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RETRY_LATER",
        "THROTTLED",
        "UNKNOWN_OUTCOME",
        "BAD_REQUEST",
        "AUTH",
        "CONFLICT",
        "ok",
        "",
        "王𠮷"
      })
  void anOutcomeThatSettlesNothingIsSilence(String outcome) {
    stub.behave(StubPlatform.fields(Map.of("outcome", outcome, "reference", "REF-1")));
    assertSilent("scan-1");
  }

  @Test
  void okWithoutAUsableReferenceIsSilence() {
    for (String reference : List.of("", " ", "x".repeat(129), "REF\u0000")) {
      stub.behave(StubPlatform.fields(Map.of("outcome", "OK", "reference", reference)));
      assertSilent("scan-1");
    }
    stub.behave(StubPlatform.fields(Map.of("outcome", "OK")));
    assertSilent("scan-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 400, 401, 404, 409, 429, 500, 503})
  void anyStatusButOkIsSilence(int status) {
    stub.behave(
        (exchange, asked) -> {
          exchange.getResponseHeaders().add("Location", stub.url().toString());
          StubPlatform.send(exchange, status, new byte[0]);
        });
    assertSilent("scan-1");
    assertEquals(1, stub.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>王𠮷</html>",
        "[]",
        "null",
        "{}",
        "{\"envelope\":null}",
        "{\"envelope\":7}",
        "{\"envelope\":\"\"}",
        "{\"envelope\":\"*王𠮷*\"}",
        "{\"envelope\":\"AAAA\"}",
        "{\"outcome\":\"OK\",\"reference\":\"REF-1\"}"
      })
  void garbageIsSilence(String body) {
    stub.behave((exchange, asked) -> StubPlatform.send(exchange, 200, body.getBytes(UTF_8)));
    assertSilent("scan-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{\"outcome\":", "{\"outcome\":{\"a\":1}}"})
  void garbageInsideAGoodEnvelopeIsSilence(String plain) {
    stub.behave(
        (exchange, asked) ->
            StubPlatform.send(
                exchange, 200, StubPlatform.envelope(plain.getBytes(UTF_8), asked.nonce())));
    assertSilent("scan-1");
  }

  @Test
  void anAnswerToAnotherRequestDoesNotCount() {
    stub.behave(
        (exchange, asked) ->
            StubPlatform.send(
                exchange,
                200,
                StubPlatform.envelope(
                    "{\"outcome\":\"OK\",\"reference\":\"R\"}".getBytes(UTF_8), "another nonce")));
    assertSilent("scan-1");
  }

  @Test
  void ourOwnRequestSentBackIsNoAnswer() {
    stub.behave(
        (exchange, asked) -> StubPlatform.send(exchange, 200, asked.body().getBytes(UTF_8)));
    assertSilent("scan-1");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    stub.behave(
        (exchange, asked) -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 100_000; i++) {
              body.write(new byte[1_024]);
            }
          }
        });
    assertSilent("scan-1");
  }

  @Test
  void aConnectionCutBeforeOrWithinTheAnswerIsSilence() {
    stub.behave((exchange, asked) -> exchange.close());
    assertSilent("scan-1");
    stub.behave(
        (exchange, asked) -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{\"envel".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    assertSilent("scan-1");
  }

  @Test
  void nobodyListeningIsSilence() throws IOException {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    var lost = new GmCardPlatform(StubPlatform.CALLER, settings(nobody, LONG, 1));
    assertSilent(lost.verifyCard(CARD, "scan-1").toCompletableFuture());
  }

  @Test
  void anAnswerThatNeverComesTimesOutAndGivesItsPlaceBack() {
    GmCardPlatform hurried = platform(SHORT, 1);
    stub.behave((exchange, asked) -> untilTheEnd());
    for (int i = 0; i < 3; i++) {
      var silent = assertSilent(hurried.verifyCard(CARD, "scan-1").toCompletableFuture());
      assertTrue(String.valueOf(silent.getMessage()).contains("Timeout"), silent.getMessage());
    }
    assertEquals(3, stub.asked.size());
  }

  @Test
  void aBodyThatStallsTimesOutToo() {
    GmCardPlatform hurried = platform(SHORT, 1);
    stub.behave(
        (exchange, asked) -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          untilTheEnd();
        });
    var silent = assertSilent(hurried.verifyCard(CARD, "scan-1").toCompletableFuture());
    // Otherwise the stub's own timeout would pass for ours.
    assertTrue(String.valueOf(silent.getMessage()).contains("Timeout"), silent.getMessage());
  }

  @Test
  void oneMoreThanAllowedInFlightIsSilenceAtOnceAndLaterOnesGoAhead() throws Exception {
    GmCardPlatform narrow = platform(LONG, 2);
    var held = new CountDownLatch(1);
    stub.behave(
        (exchange, asked) -> {
          await(held);
          StubPlatform.fields(Map.of("outcome", "OK", "reference", "REF-1"))
              .answer(exchange, asked);
        });
    var first = narrow.verifyCard(CARD, "scan-1").toCompletableFuture();
    var second = narrow.verifyCard(CARD, "scan-2").toCompletableFuture();
    assertTrue(stub.arrived.tryAcquire(2, 20, TimeUnit.SECONDS));
    assertSilent(narrow.verifyCard(CARD, "scan-3").toCompletableFuture());
    held.countDown();
    assertInstanceOf(CardOutcome.Verified.class, first.join());
    assertInstanceOf(CardOutcome.Verified.class, second.join());
    assertInstanceOf(
        CardOutcome.Verified.class, narrow.verifyCard(CARD, "scan-3").toCompletableFuture().join());
  }

  @Test
  void aScanKeyThatFitsInNoHeaderIsSilenceAndNeverThrown() {
    assertSilent("scan\r\nX-Evil: 1");
    assertEquals(0, stub.asked.size());
  }

  @Test
  void settingsOutOfBoundsAreRefusedAndSecretsNotPrinted() {
    PlatformSettings good = settings(stub.url(), LONG, 1);
    assertFalse(good.toString().contains(StubPlatform.SECRET));
    assertFalse(good.toString().contains(StubPlatform.KEY));
    for (String url : List.of("ftp://a", "relative", "http:///x", "http://a?b", "http://a#b")) {
      assertThrows(IllegalArgumentException.class, () -> settings(URI.create(url), LONG, 1), url);
    }
    assertThrows(IllegalArgumentException.class, () -> settings(stub.url(), Duration.ZERO, 1));
    assertThrows(IllegalArgumentException.class, () -> settings(stub.url(), LONG, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PlatformSettings(stub.url(), "a b", "s", StubPlatform.KEY, LONG, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PlatformSettings(stub.url(), "a", " ", StubPlatform.KEY, LONG, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PlatformSettings(stub.url(), "a", "s", "abcd", LONG, 1));
  }

  private CardOutcome verify(String scanKey) {
    return platform.verifyCard(CARD, scanKey).toCompletableFuture().join();
  }

  private void assertSilent(String scanKey) {
    Silent silent = assertSilent(platform.verifyCard(CARD, scanKey).toCompletableFuture());
    assertFalse(String.valueOf(silent.getMessage()).isBlank());
  }

  /** And holds no personal data, not even in a cause. */
  private static Silent assertSilent(CompletableFuture<CardOutcome> answer) {
    var failure = assertThrows(CompletionException.class, answer::join);
    Silent silent = assertInstanceOf(Silent.class, failure.getCause());
    assertNull(silent.getCause());
    String message = String.valueOf(silent.getMessage());
    for (String secret : List.of(CARD.name(), CARD.socialSecurityNumber(), CARD.cardNumber())) {
      assertFalse(message.contains(secret), message);
    }
    return silent;
  }

  private GmCardPlatform platform(Duration timeout, int inFlightMax) {
    return new GmCardPlatform(StubPlatform.CALLER, settings(stub.url(), timeout, inFlightMax));
  }

  private static PlatformSettings settings(URI url, Duration timeout, int inFlightMax) {
    return new PlatformSettings(
        url, "ak-demo-0001", StubPlatform.SECRET, StubPlatform.KEY, timeout, inFlightMax);
  }

  private static String text(StubPlatform.Asked asked, String field) {
    return asked.plain().path(field).asText();
  }

  private void untilTheEnd() throws IOException {
    await(stub.end);
    throw new IOException("the end");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
