package org.skillvoucher.simulator.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.CardRecord;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.Json;

final class DeviceTest {
  private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
  private static final Card CARD =
      new Card(
          "990100D1560000050000000000000001",
          "990101199003150015",
          "990000001",
          "王秀英",
          Card.CardStatus.ACTIVE);

  private final DeviceKey key = DeviceKey.of(DeviceSuite.ED25519, "seed");
  private final Device device = new Device("D0000000000000001-1", key, 3);

  private static Device.Tap tap(String classId) {
    return new Device.Tap(
        classId, "D1", Act.IN, Presented.card(CARD, Presented.Salt.of(1, 2)), NINE);
  }

  private static JsonNode statement(Statement statement) {
    return Json.read(statement.json().getBytes(UTF_8)).path("statement");
  }

  @Test
  void theFirstStatementStartsAChainAndTheNextLinksToIt() {
    Statement first = signedAndUsed(device, tap("C1"));
    Statement second = signedAndUsed(device, tap("C1"));
    assertEquals(DeviceStatement.NO_PREVIOUS, statement(first).path("ph").asText());
    assertEquals(first.hash(), statement(second).path("ph").asText());
    assertEquals(2, statement(second).path("ctr").asLong());
  }

  @Test
  void eachClassHasAChainOfItsOwn() {
    signedAndUsed(device, tap("C1"));
    assertEquals(1, statement(signedAndUsed(device, tap("C2"))).path("ctr").asLong());
  }

  @Test
  void aStatementWithoutAnAnswerUsesUpNoCounter() {
    assertEquals(1, device.sign(tap("C1")).counter());
    assertEquals(1, device.sign(tap("C1")).counter());
  }

  @Test
  void theBytesAreThoseOfTheDomain() {
    device.receive(new Device.Beacon("beacon", NINE.minusSeconds(60)));
    Statement made = device.sign(tap("C1"));
    JsonNode sent = statement(made);
    DeviceStatement same =
        new DeviceStatement(
            "D0000000000000001-1",
            1,
            3,
            NINE,
            60_000,
            "beacon",
            "",
            sent.path("crd").asText(),
            DeviceStatement.NO_PREVIOUS,
            "",
            Optional.empty());
    assertEquals(key.hash(same.canonical(DeviceSuite.ED25519, Act.IN, "C1/D1")), made.hash());
  }

  @Test
  void theCommitmentIsToWhatWasPresented() {
    Statement made = device.sign(tap("C1"));
    JsonNode body = Json.read(made.json().getBytes(UTF_8));
    // Strings only and sorted names: as Jackson writes it, it is canonical already.
    assertEquals(
        key.hash(Json.write(body.path("presented"))), body.path("statement").path("crd").asText());
    assertNotEquals(
        made.hash(),
        device
            .sign(
                new Device.Tap(
                    "C1", "D1", Act.IN, Presented.card(CARD, Presented.Salt.of(1, 3)), NINE))
            .hash());
  }

  @Test
  void theReadersRecordHasTheFormatOfReaders() {
    String record = String.valueOf(tap("C1").presented().members().get("record"));
    assertTrue(CardRecord.parse(record) instanceof Parsed.Valid<CardRecord>);
  }

  @Test
  void nothingPersonalIsPrinted() {
    assertEquals("Presented", tap("C1").presented().toString());
    assertEquals("Statement 1", device.sign(tap("C1")).toString());
  }

  private static Statement signedAndUsed(Device device, Device.Tap tap) {
    Statement statement = device.sign(tap);
    device.advance(statement);
    return statement;
  }
}
