package org.skillvoucher.gateway.cardplatform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.gateway.cardplatform.CardPlatform.Silent;
import org.skillvoucher.gateway.cardplatform.gm.GmCardPlatform;

/** A person's dynamic code (动态二维码) over the wire: whose it is, or why not. */
class ResolvedCodeTest {
  private static final String CODE = "QR-secret-0001";
  private static final Map<String, String> OK =
      Map.of(
          "outcome",
          "OK",
          "reference",
          "REF-1",
          "idType",
          "citizen_id",
          "number",
          "99010119900315004X",
          "name",
          "王𠮷");
  private static final CodeOutcome RESOLVED =
      new CodeOutcome.Resolved(IdType.CITIZEN_ID, "99010119900315004X", "王𠮷", "REF-1");

  private final StubPlatform stub = new StubPlatform(StubPlatform.fields(OK));
  private final GmCardPlatform platform =
      new GmCardPlatform(
          StubPlatform.CALLER,
          new PlatformSettings(
              stub.url(),
              "ak-demo-0001",
              StubPlatform.SECRET,
              StubPlatform.KEY,
              Duration.ofSeconds(20),
              4));

  @AfterEach
  void close() {
    stub.close();
    assertEquals(List.of(), stub.faults);
  }

  private CodeOutcome resolve(String scanKey) {
    return platform.resolveCode(CODE, scanKey).toCompletableFuture().join();
  }

  private void answering(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>(OK);
    fields.putAll(changes);
    stub.behave(StubPlatform.fields(fields));
  }

  private void assertSilent() {
    var failure = assertThrows(CompletionException.class, () -> resolve("scan-1"));
    Silent silent = assertInstanceOf(Silent.class, failure.getCause());
    assertNull(silent.getCause());
    String message = String.valueOf(silent.getMessage());
    for (String secret : List.of("王𠮷", "99010119900315004X", CODE)) {
      assertFalse(message.contains(secret), message);
    }
  }

  @Test
  void aCheckCharacterInLowerCaseIsTheSamePersons() {
    answering(Map.of("number", " 99010119900315004x"));
    assertEquals(RESOLVED, resolve("scan-1"));
  }

  @Test
  void aCodeIsItsPersonsWithThePlatformsReference() {
    assertEquals(RESOLVED, resolve("scan-1"));
  }

  @Test
  void thePlatformReadsTheCodeAndTheScanKeyAndNothingTravelsInPlain() {
    resolve("scan-1");
    var asked = stub.asked.getFirst();
    assertEquals("scan-1", asked.idempotencyKey());
    assertEquals(CODE, asked.plain().path("code").asText());
    assertEquals(1, asked.plain().size());
    assertFalse(asked.body().contains(CODE));
  }

  @Test
  void aCodeResolvedUnderOurOwnKeyIsItsPersons() {
    answering(Map.of("outcome", "ALREADY_USED", "usedBy", "scan-1"));
    assertEquals(RESOLVED, resolve("scan-1"));
  }

  @Test
  void aCodeResolvedUnderAnothersKeyWasUsed() {
    answering(Map.of("outcome", "ALREADY_USED", "usedBy", "scan-2"));
    assertEquals(new CodeOutcome.AlreadyUsed(), resolve("scan-1"));
  }

  @Test
  void afterItsMinuteACodeIsExpired() {
    stub.behave(StubPlatform.fields(Map.of("outcome", "EXPIRED")));
    assertEquals(new CodeOutcome.Expired(), resolve("scan-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NOT_FOUND", "PERSON_MISMATCH", "NOT_ELIGIBLE", "CARD_NOT_ACTIVE", "BAD_REQUEST"})
  void whatIsNobodysCodeIsInvalid(String outcome) {
    stub.behave(StubPlatform.fields(Map.of("outcome", outcome)));
    assertEquals(new CodeOutcome.Invalid(), resolve("scan-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RETRY_LATER",
        "THROTTLED",
        "UNKNOWN_OUTCOME",
        "AUTH",
        "CONFLICT",
        "ok",
        "",
        "王𠮷"
      })
  void anOutcomeThatSettlesNothingIsSilence(String outcome) {
    answering(Map.of("outcome", outcome));
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "number", "name", "idType"})
  void okWithoutAllThatIsNeededIsSilence(String missing) {
    answering(Map.of(missing, ""));
    assertSilent();
    answering(Map.of(missing, " "));
    assertSilent();
  }

  @Test
  void aTypeOfNumberThatNobodyKnowsIsSilence() {
    answering(Map.of("idType", "passport"));
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 400, 401, 404, 409, 429, 500, 503})
  void anyStatusButOkIsSilence(int status) {
    stub.behave((exchange, asked) -> StubPlatform.send(exchange, status, new byte[0]));
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{}", "{\"envelope\":\"*王𠮷*\"}", "{\"outcome\":\"OK\"}"})
  void garbageIsSilence(String body) {
    stub.behave((exchange, asked) -> StubPlatform.send(exchange, 200, body.getBytes(UTF_8)));
    assertSilent();
  }

  @Test
  void anAnswerToAnotherRequestDoesNotCount() {
    stub.behave(
        (exchange, asked) ->
            StubPlatform.send(
                exchange,
                200,
                StubPlatform.envelope("{\"outcome\":\"EXPIRED\"}".getBytes(UTF_8), "other nonce")));
    assertSilent();
  }

  @Test
  void anOutcomeShowsNobodyInALog() {
    assertEquals("Resolved", RESOLVED.toString());
  }
}
