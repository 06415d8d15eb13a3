package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

class VoucherRoutesTest {
  private final World world = new World();

  @Test
  void anInvalidPersonDoesNotStopTheOthers() {
    Answer issued =
        Ask.post("/v1/vouchers")
            .by(Role.ISSUING_AUTHORITY)
            .in("zh")
            .json(
                issueTo(
                    person("citizen_id", Samples.MALE, "张三"),
                    person("citizen_id", "990102199003150015", "李四"),
                    person("citizen_id", Samples.MALE, "张三"),
                    person("other", "E12345678", "𠮷田"),
                    person("other", Samples.FEMALE, "王五")))
            .to(world)
            .is(200);
    assertEquals(
        List.of("issued", "refused", "refused", "issued", "refused"), each(issued, "outcome"));
    assertEquals(List.of("", "id_check_digit", "row_doubled", "", "id_type"), each(issued, "code"));
    assertEquals(2, issued.json().path("issued").asInt());
    assertEquals(3, issued.json().path("refused").asInt());
    assertEquals("与第 0 项（从 0 计）的号码重复", issued.json().at("/items/2/detail").asText());
    assertEquals(2, world.people.stored.size());
  }

  @Test
  void eachPersonOfAListCostsOneKeyedHash() {
    Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .json(
            issueTo(
                person("other", "E1", "a"), person("other", "E2", "b"), person("other", "E1", "a")))
        .to(world)
        .is(200);
    assertEquals(2, world.people.hashes);
  }

  private static List<String> each(Answer answer, String member) {
    return answer.json().path("items").valueStream().map(i -> i.path(member).asText()).toList();
  }

  @Test
  void aVoucherThatIsValidTooLongIsRefusedForItsOwnReason() {
    Answer answer =
        Ask.post("/v1/vouchers")
            .by(Role.ISSUING_AUTHORITY)
            .json(Samples.ISSUE.replace("2026-05-01", "2027-05-01"))
            .to(world)
            .is(200);
    assertEquals("invalid_field", answer.json().at("/items/0/code").asText());
    assertTrue(answer.json().at("/items/0/detail").asText().contains("90 days"));
  }

  @Test
  void anAuthorityIssuesInItsOwnRegionOnly() {
    Ask.post("/v1/vouchers")
        .byForeign(Role.ISSUING_AUTHORITY)
        .json(Samples.ISSUE)
        .to(world)
        .isProblem(403, "forbidden");
  }

  @Test
  void aRegionWithoutARulePackIsAFaultOfTheField() {
    Ask.post("/v1/vouchers")
        .byForeign(Role.ISSUING_AUTHORITY)
        .json(Samples.ISSUE.replace("990000", "370000"))
        .to(world)
        .faultsAt("/region");
  }

  @Test
  void thePackIsTheOneOfTheBusinessDayInShanghai() {
    world.now = Instant.parse("2024-12-31T15:59:59Z");
    String issue = Samples.ISSUE.replace("2026-05-01", "2025-01-20");
    Ask.post("/v1/vouchers").by(Role.ISSUING_AUTHORITY).json(issue).to(world).faultsAt("/region");
    world.now = world.now.plus(Duration.ofSeconds(1));
    Ask.post("/v1/vouchers").by(Role.ISSUING_AUTHORITY).json(issue).to(world).is(200);
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .jsonOf(
            "{'region':'99','occupation':7,'level':6,'expiresAt':'tomorrow','extra':1,'people':[{}]}")
        .to(world)
        .faultsAt(
            "/extra",
            "/region",
            "/occupation",
            "/level",
            "/expiresAt",
            "/people/0/idType",
            "/people/0/number",
            "/people/0/name");
  }

  @Test
  void aMemberNameIsEscapedInItsPointer() {
    Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .json(Samples.ISSUE.replace("{\"region\"", "{\"a/b~c\":1,\"region\""))
        .to(world)
        .faultsAt("/a~1b~0c");
  }

  @Test
  void anIntegerIsNoFraction() {
    for (String level : List.of("5.0", "5e0", "\"5\"", "true", "null", "[5]", "0", "6")) {
      Ask.post("/v1/vouchers")
          .by(Role.ISSUING_AUTHORITY)
          .json(Samples.ISSUE.replace("\"level\":5", "\"level\":" + level))
          .to(world)
          .faultsAt("/level");
    }
  }

  @Test
  void aTimeHasItsZoneAndItsSeconds() {
    for (String time :
        List.of(
            "2026-05-01",
            "2026-05-01T00:00:00",
            "2026-05-01T00:00+08:00",
            "2026-02-30T00:00:00Z",
            "2026-05-01 00:00:00Z")) {
      Ask.post("/v1/vouchers")
          .by(Role.ISSUING_AUTHORITY)
          .json(Samples.ISSUE.replace("2026-05-01T00:00:00+08:00", time))
          .to(world)
          .faultsAt("/expiresAt");
    }
  }

  @Test
  void aListHasOneToFiveHundredPeople() {
    Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .json(issueTo())
        .to(world)
        .faultsAt("/people");
    String one = person("citizen_id", Samples.MALE, "张三");
    String[] many = Stream.generate(() -> one).limit(501).toArray(String[]::new);
    Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .json(issueTo(many))
        .to(world)
        .faultsAt("/people");
  }

  @Test
  void aVoucherGoesFromIssuedToBound() {
    String classId = Samples.approvedClass(world);
    String id = Samples.claimedVoucher(world);
    Answer bound =
        Ask.post("/v1/vouchers/" + id + "/binding")
            .by(Role.CARD_PLATFORM)
            .json("{\"classId\":\"" + classId + "\"}")
            .to(world)
            .is(200);
    assertEquals("bound", bound.json().path("state").asText());
    assertEquals(classId, bound.json().path("classId").asText());
    Answer shown = Ask.get("/v1/vouchers/" + id).by(Role.AUDITOR).to(world).is(200);
    assertEquals(bound.json(), shown.json());
    assertEquals("2026-05-01T00:00:00+08:00", shown.json().path("expiresAt").asText());
    assertEquals(43, shown.json().path("holder").asText().length());
  }

  @Test
  void onlyTheHolderClaims() {
    String id = Samples.issuedVoucher(world);
    Answer refused =
        Ask.post("/v1/vouchers/" + id + "/claim")
            .by(Role.CARD_PLATFORM)
            .json("{\"person\":{\"idType\":\"citizen_id\",\"number\":\"" + Samples.FEMALE + "\"}}")
            .to(world)
            .isProblem(409, "voucher_state");
    assertEquals("not_the_holder", refused.json().path("cause").asText());
  }

  @Test
  void aClaimMayWriteTheNumberAsPeopleTypeIt() {
    String id =
        Ask.post("/v1/vouchers")
            .by(Role.ISSUING_AUTHORITY)
            .json(Samples.ISSUE.replace(Samples.MALE, Samples.ENDS_X))
            .to(world)
            .json()
            .at("/items/0/voucherId")
            .asText();
    Ask.post("/v1/vouchers/" + id + "/claim")
        .by(Role.CARD_PLATFORM)
        .json("{\"person\":{\"idType\":\"citizen_id\",\"number\":\"９９０１０１１９９００３１５００４ｘ\"}}")
        .to(world)
        .is(200);
  }

  @Test
  void aNumberThatCannotBeIsAFaultOfTheField() {
    String id = Samples.issuedVoucher(world);
    Ask.post("/v1/vouchers/" + id + "/claim")
        .by(Role.CARD_PLATFORM)
        .json("{\"person\":{\"idType\":\"citizen_id\",\"number\":\"990102199003150015\"}}")
        .to(world)
        .faultsAt("/person/number");
  }

  @Test
  void aFrozenVoucherHasAReasonAndThawsToItsState() {
    String id = Samples.claimedVoucher(world);
    Answer frozen =
        Ask.post("/v1/vouchers/" + id + "/freeze")
            .by(Role.CARD_PLATFORM)
            .json("{\"reason\":\"card reported lost\"}")
            .to(world)
            .is(200);
    assertEquals("frozen", frozen.json().path("state").asText());
    assertEquals("card reported lost", frozen.json().path("reason").asText());
    Answer thawed =
        Ask.post("/v1/vouchers/" + id + "/unfreeze").by(Role.ISSUING_AUTHORITY).to(world).is(200);
    assertEquals("claimed", thawed.json().path("state").asText());
    assertFalse(thawed.json().has("reason"));
  }

  @Test
  void aVoidedVoucherStaysVoid() {
    String id = Samples.issuedVoucher(world);
    Ask.post("/v1/vouchers/" + id + "/cancellation")
        .by(Role.ISSUING_AUTHORITY)
        .json("{\"reason\":\"issued twice\"}")
        .to(world)
        .is(200);
    Answer refused =
        Ask.post("/v1/vouchers/" + id + "/unfreeze")
            .by(Role.ISSUING_AUTHORITY)
            .json("{}")
            .to(world)
            .isProblem(409, "voucher_state");
    assertEquals("voided", refused.json().path("state").asText());
  }

  @Test
  void aVoucherExpiresNotBeforeItsTime() {
    String id = Samples.issuedVoucher(world);
    Answer early =
        Ask.post("/v1/vouchers/" + id + "/expiry")
            .by(Role.ISSUING_AUTHORITY)
            .to(world)
            .isProblem(409, "voucher_state");
    assertEquals("2026-05-01T00:00:00+08:00", early.json().path("expiresAt").asText());
    world.now = Instant.parse("2026-05-01T00:00:00Z");
    Answer expired =
        Ask.post("/v1/vouchers/" + id + "/expiry").by(Role.ISSUING_AUTHORITY).to(world).is(200);
    assertEquals("expired", expired.json().path("state").asText());
  }

  @Test
  void aReasonIsNeededAndBounded() {
    String id = Samples.issuedVoucher(world);
    for (String body :
        List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "长".repeat(201) + "\"}")) {
      Ask.post("/v1/vouchers/" + id + "/freeze")
          .by(Role.ISSUING_AUTHORITY)
          .json(body)
          .to(world)
          .faultsAt("/reason");
    }
  }

  @Test
  void anotherRegionsVoucherIsNotThere() {
    String id = Samples.issuedVoucher(world);
    Ask.get("/v1/vouchers/" + id)
        .byForeign(Role.ISSUING_AUTHORITY)
        .to(world)
        .isProblem(404, "not_found");
    Ask.post("/v1/vouchers/" + id + "/freeze")
        .byForeign(Role.ISSUING_AUTHORITY)
        .json("{\"reason\":\"r\"}")
        .to(world)
        .isProblem(404, "not_found");
    Ask.get("/v1/vouchers/V404").by(Role.AUDITOR).to(world).isProblem(404, "not_found");
    Ask.get("/v1/vouchers/_").by(Role.AUDITOR).to(world).isProblem(404, "not_found");
  }

  @Test
  void theListIsWithinTheCallersScope() {
    world.views.vouchers.add(
        new Views.VoucherRow(
            "V1",
            "bound",
            "A".repeat(43),
            World.REGION,
            "4-10-01-05",
            5,
            world.now,
            Optional.of("C1"),
            Optional.empty()));
    world.views.nextCursor = Optional.of("bmV4dA");
    Answer page =
        Ask.get("/v1/vouchers?state=bound&limit=1&cursor=YWJj")
            .by(Role.ISSUING_AUTHORITY)
            .to(world)
            .is(200);
    assertEquals("V1", page.json().at("/items/0/voucherId").asText());
    assertEquals("bmV4dA", page.json().path("nextCursor").asText());
    assertEquals(Optional.of("bound"), world.views.state);
    assertEquals(1, world.views.paging.orElseThrow().limit());
    assertEquals(Optional.of("YWJj"), world.views.paging.orElseThrow().cursor());
    assertEquals("InRegion", world.views.scope.orElseThrow().getClass().getSimpleName());
  }

  @Test
  void aPageHasFiftyItemsUnlessAskedOtherwiseAndTheLastHasNoCursor() {
    Answer page = Ask.get("/v1/vouchers").by(Role.OPERATOR).to(world).is(200);
    assertFalse(page.json().has("nextCursor"));
    assertEquals(50, world.views.paging.orElseThrow().limit());
  }

  private static String person(String type, String number, String name) {
    return "{\"idType\":\"%s\",\"number\":\"%s\",\"name\":\"%s\"}".formatted(type, number, name);
  }

  private static String issueTo(String... people) {
    int from = Samples.ISSUE.indexOf("[");
    return Samples.ISSUE.substring(0, from) + "[" + String.join(",", people) + "]}";
  }
}
