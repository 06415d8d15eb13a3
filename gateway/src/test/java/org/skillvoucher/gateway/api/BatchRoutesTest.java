package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.scan.DeviceFault;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.security.Role;

class BatchRoutesTest {
  private final World world = new World();

  private static Ask batch(String... items) {
    return Ask.post("/v1/statement-batches")
        .by(Role.DEVICE)
        .json("{\"items\":[" + String.join(",", items) + "]}");
  }

  private static String item(int counter) {
    return Samples.scan("C1", Samples.CARD, Integer.toString(counter));
  }

  @Test
  void eachStatementHasAnAnswerInTheOrderOfTheBatch() {
    JsonNode body = batch(item(2), Samples.scan("C2"), item(1)).to(world).is(200).json();
    assertEquals(3, body.path("attended").asInt());
    for (int i = 0; i < 3; i++) {
      assertEquals(i, body.at("/items/" + i + "/index").asInt());
      assertEquals("attended", body.at("/items/" + i + "/outcome").asText());
      assertTrue(body.at("/items/" + i + "/receipt").isTextual());
      assertFalse(body.at("/items/" + i).has("code"));
    }
  }

  @Test
  void aBatchSentAgainUnderAnyKeyGetsTheSameReceipts() {
    JsonNode first = batch(item(1), item(2)).to(world).is(200).json();
    JsonNode again = batch(item(1), item(2)).to(world).is(200).json();
    assertEquals(2, again.path("replayed").asInt());
    assertEquals(first.at("/items/1/receipt"), again.at("/items/1/receipt"));
  }

  @Test
  void aStatementIsItsOwnKey() {
    batch(item(1), item(2)).to(world).is(200);
    assertEquals(2, world.scans.keys.stream().distinct().count());
    assertTrue(world.scans.keys.getFirst().startsWith("kiosk-1."));
  }

  @Test
  void aBatchLeavesItsKeyToTheClasses() {
    world.keys.failure = Optional.of(new IllegalStateException("not to be asked"));
    batch(item(1)).to(world).is(200);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            new ScanOutcome.Refused(new ClassRefusal.CounterGap(3, 5)),
            "gap",
            "device_counter_gap",
            "gaps"),
        Arguments.of(
            new ScanOutcome.Refused(new ClassRefusal.CounterFork()),
            "fork",
            "device_counter_fork",
            "refused"),
        Arguments.of(
            new ScanOutcome.Refused(new ClassRefusal.TapTimeUnprovable(72)),
            "refused",
            "tap_time_unprovable",
            "refused"),
        Arguments.of(
            new ScanOutcome.CardRefused(new CardOutcome.NotActive()),
            "refused",
            "card_status",
            "refused"),
        Arguments.of(
            new ScanOutcome.CodeRefused(new CodeOutcome.Invalid()),
            "refused",
            "qr_invalid",
            "refused"),
        Arguments.of(
            new ScanOutcome.DeviceRefused(DeviceFault.SIGNATURE_INVALID),
            "refused",
            "device_signature_invalid",
            "refused"),
        Arguments.of(new ScanOutcome.CapturedUnverified(true), "captured", "try_later", "captured"),
        Arguments.of(new ScanOutcome.CapturedUnverified(false), "captured", "never", "captured"),
        Arguments.of(
            new ScanOutcome.Refused(new ClassRefusal.NotOpen()),
            "try_again",
            "class_not_open",
            "tryAgain"),
        Arguments.of(
            new ScanOutcome.Refused(new ClassRefusal.WrongState("closed")),
            "refused",
            "class_state",
            "refused"),
        Arguments.of(new ScanOutcome.Unknown(), "try_again", "", "tryAgain"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("answers")
  void everyAnswerHasItsOutcomeItsCodeAndItsCount(
      ScanOutcome answer, String outcome, String code, String count) {
    world.scans.outcome = Optional.of(answer);
    JsonNode body = batch(item(1)).in("zh").to(world).is(200).json();
    assertEquals(outcome, body.at("/items/0/outcome").asText());
    assertEquals(code, body.at("/items/0/code").asText());
    assertEquals(code.isEmpty(), body.at("/items/0/detail").isMissingNode());
    assertFalse(body.at("/items/0").has("receipt"));
    assertEquals(1, body.path(count).asInt());
    assertEquals(0, body.path("attended").asInt());
  }

  @Test
  void aGapSaysWhichCounterIsAwaited() {
    world.scans.outcome = Optional.of(new ScanOutcome.Refused(new ClassRefusal.CounterGap(3, 5)));
    JsonNode body = batch(item(5)).to(world).is(200).json();
    assertEquals(3, body.at("/items/0/expected").asInt());
    assertEquals(5, body.at("/items/0/received").asInt());
  }

  @Test
  void theSamePersonTwiceIsRepeated() {
    world.scans.outcome =
        Optional.of(new ScanOutcome.Duplicate(StubScans.receipt("C1/L01", 1), true));
    JsonNode body = batch(item(2)).to(world).is(200).json();
    assertEquals("repeated", body.at("/items/0/outcome").asText());
    assertTrue(body.at("/items/0/receipt").isTextual());
    assertEquals(1, body.path("repeated").asInt());
  }

  @Test
  void whatFailsBehindOneStatementIsUnknownForThatOne() {
    world.scans.failure = Optional.of(new IOException("db.internal"));
    Answer answer = batch(item(1), "{}").to(world).is(200);
    assertEquals("try_again", answer.json().at("/items/0/outcome").asText());
    assertEquals("refused", answer.json().at("/items/1/outcome").asText());
    assertFalse(answer.text().contains("internal"));
  }

  @Test
  void anUnreadableStatementSpoilsNoOther() {
    String blank = item(1).replace("张三", "").replace(Samples.MALE, "");
    JsonNode body = batch(blank, "7", item(2)).to(world).is(200).json();
    assertEquals("invalid_field", body.at("/items/0/code").asText());
    assertTrue(body.at("/items/0/detail").asText().startsWith("/presented/record "));
    assertEquals("invalid_field", body.at("/items/1/code").asText());
    assertEquals("attended", body.at("/items/2/outcome").asText());
    assertEquals(2, body.path("refused").asInt());
    assertEquals(1, world.scans.seen.size());
  }

  @Test
  void aStatementThatCommitsToSomethingElseIsRefused() {
    String other = item(1).replace("A00000001", "A00000002");
    JsonNode body = batch(other).to(world).is(200).json();
    assertEquals("device_signature_invalid", body.at("/items/0/code").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"items\":[]}", "{\"items\":{}}", "{\"items\":null}"})
  void aBatchWithoutStatementsIsNone(String body) {
    batch().json(body).to(world).faultsAt("/items");
  }

  @Test
  void aBatchHasABound() {
    world.scans.outcome = Optional.of(new ScanOutcome.Unknown());
    String small = item(1);
    batch(Collections.nCopies(World.SETTINGS.batchItemsMax(), "{}").toArray(String[]::new))
        .to(world)
        .is(200);
    batch(Collections.nCopies(World.SETTINGS.batchItemsMax() + 1, "{}").toArray(String[]::new))
        .to(world)
        .faultsAt("/items");
    int tooMany = World.SETTINGS.batchBodyBytesMax() / small.length() + 1;
    batch(Collections.nCopies(tooMany, small).toArray(String[]::new))
        .to(world)
        .isProblem(413, "too_large");
  }

  @Test
  void aBatchIsLongerThanOtherBodiesMayBe() {
    List<String> items = Stream.iterate(1, i -> i + 1).limit(200).map(i -> item(i)).toList();
    assertTrue(String.join(",", items).length() > World.SETTINGS.requestBodyBytesMax());
    JsonNode body = batch(items.toArray(String[]::new)).to(world).is(200).json();
    assertEquals(200, body.path("attended").asInt());
  }

  @Test
  void aDeviceTokenOfNoInstitutionSendsNoBatch() {
    world.authenticator = Tokens.of(Role.DEVICE, Tokens.EVERYWHERE);
    batch(item(1)).to(world).isProblem(403, "forbidden");
  }
}
