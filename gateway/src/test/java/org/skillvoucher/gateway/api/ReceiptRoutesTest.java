package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

class ReceiptRoutesTest {
  private static final SealedReceipt RECEIPT = StubScans.receipt("C1/L01", 1);

  private final World world = new World();

  private Views.ReceiptRow row(String institution, String region) {
    return new Views.ReceiptRow(
        RECEIPT.id(), "C1", institution, region, 1, RECEIPT.record(), RECEIPT.payloadHash());
  }

  @Test
  void aReceiptIsThereByItsNumberInTheClass() {
    String id = Samples.approvedClass(world);
    world.classes.receipts.put(1L, RECEIPT);
    Answer shown = Ask.get("/v1/classes/" + id + "/receipts/1").by(Role.DEVICE).to(world).is(200);
    assertEquals(RECEIPT.record(), shown.json().path("receipt").asText());
    assertEquals(1, shown.json().at("/payload/sq").asInt());
  }

  @Test
  void theRawRecordIsAskedForByItsType() {
    String id = Samples.approvedClass(world);
    world.classes.receipts.put(1L, RECEIPT);
    Answer raw =
        Ask.get("/v1/classes/" + id + "/receipts/1")
            .by(Role.AUDITOR)
            .accept("application/octet-stream")
            .to(world)
            .is(200);
    assertEquals("application/octet-stream", raw.contentType());
    assertArrayEquals(Base64.getUrlDecoder().decode(RECEIPT.record()), raw.body().toArray());
  }

  @Test
  void theBetterLikedTypeWins() {
    world.views.receipts.add(row(World.SCHOOL, World.REGION));
    String path = "/v1/receipts/" + RECEIPT.id();
    assertEquals(
        "application/octet-stream",
        Ask.get(path)
            .by(Role.AUDITOR)
            .accept("application/json;q=0.1, application/octet-stream")
            .to(world)
            .contentType());
    assertEquals(
        "application/json", Ask.get(path).by(Role.AUDITOR).accept("*/*").to(world).contentType());
  }

  @Test
  void anotherFormThanTheTwoIsNotOnOffer() {
    Ask.get("/v1/receipts/" + RECEIPT.id())
        .by(Role.AUDITOR)
        .accept("image/png")
        .to(world)
        .isProblem(406, "not_acceptable");
  }

  @Test
  void aNumberTheClassHasNotReachedIsNotThere() {
    String id = Samples.approvedClass(world);
    for (String sequence : new String[] {"2", "0", "-1", "x", "99999999999999999999"}) {
      Ask.get("/v1/classes/" + id + "/receipts/" + sequence)
          .by(Role.DEVICE)
          .to(world)
          .isProblem(404, "not_found");
    }
  }

  @Test
  void anotherInstitutionsReceiptIsNotThere() {
    String id = Samples.approvedClass(world);
    world.classes.receipts.put(1L, RECEIPT);
    world.views.receipts.add(row(World.SCHOOL, World.REGION));
    Ask.get("/v1/classes/" + id + "/receipts/1")
        .byForeign(Role.DEVICE)
        .to(world)
        .isProblem(404, "not_found");
    Ask.get("/v1/receipts/" + RECEIPT.id())
        .byForeign(Role.INSTITUTION)
        .to(world)
        .isProblem(404, "not_found");
    Ask.get("/v1/receipts?classId=" + id)
        .byForeign(Role.INSTITUTION)
        .to(world)
        .isProblem(404, "not_found");
  }

  @Test
  void aReceiptTheReadSideDoesNotKnowYetIsWorthAskingAgain() {
    Answer notYet =
        Ask.get("/v1/receipts/" + RECEIPT.id())
            .by(Role.OPERATOR)
            .to(world)
            .isProblem(404, "not_found");
    assertEquals("1", notYet.header("retry-after").orElseThrow());
  }

  @Test
  void receiptsAreListedByClass() {
    String id = Samples.approvedClass(world);
    world.views.receipts.add(row(World.SCHOOL, World.REGION));
    Answer page =
        Ask.get("/v1/receipts?limit=200&classId=" + id).by(Role.AUDITOR).to(world).is(200);
    assertEquals(RECEIPT.record(), page.json().at("/items/0/receipt").asText());
    Ask.get("/v1/receipts").by(Role.AUDITOR).to(world).isProblem(422, "invalid_field");
    Ask.get("/v1/receipts?classId=_").by(Role.AUDITOR).to(world).isProblem(422, "invalid_field");
  }
}
