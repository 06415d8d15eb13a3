package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.security.Role;

/** A person has one voucher of an authority, occupation, level and year, for every caller. */
class VoucherIdentityTest {
  private final World world = new World();

  @Test
  void aRetryWhoseAnswerWasLostMeetsTheSameVoucher() {
    Ask ask = Ask.post("/v1/vouchers").by(Role.ISSUING_AUTHORITY).key("k1").json(Samples.ISSUE);
    Answer first = ask.to(world).is(200);
    world.keys.forgetAnswers();
    Answer again = ask.to(world).is(200);
    assertEquals("already_issued", outcome(again));
    assertEquals(id(first), id(again));
    assertTrue(id(first).matches("V[0-9A-HJKMNP-TV-Z]{20}"));
  }

  @Test
  void thePeopleOfAListGetNoSecondSetUnderAnotherKey() {
    String first = id(issue(Samples.ISSUE));
    Answer second = issue(Samples.ISSUE.replace("2026-05-01", "2026-05-02"));
    assertEquals("already_issued", outcome(second));
    assertEquals(first, id(second));
    assertEquals(0, second.json().path("issued").asInt());
    assertEquals(1, second.json().path("alreadyIssued").asInt());
  }

  @Test
  void anotherOccupationLevelRegionOrYearIsAnotherVoucher() {
    String first = id(issue(Samples.ISSUE));
    assertNotEquals(first, id(issue(Samples.ISSUE.replace("4-10-01-05", "6-31-01-03"))));
    assertNotEquals(first, id(issue(Samples.ISSUE.replace("\"level\":5", "\"level\":4"))));
    assertNotEquals(first, id(issue(Samples.ISSUE.replace("990000", "990100"))));
    world.now = Instant.parse("2026-12-31T15:59:59Z");
    assertEquals("already_issued", outcome(issue(until("2027-02-01"))));
    world.now = Instant.parse("2026-12-31T16:00:00Z");
    Answer nextYear = issue(until("2027-02-01"));
    assertEquals("issued", outcome(nextYear));
    assertNotEquals(first, id(nextYear));
  }

  private static String until(String day) {
    return Samples.ISSUE.replace("2026-05-01", day);
  }

  @Test
  void aVoucherVoidedBeforeItWasClaimedIsFollowedByAnother() {
    String first = id(issue(Samples.ISSUE));
    voided(first);
    Answer second = issue(Samples.ISSUE);
    assertEquals("issued", outcome(second));
    assertNotEquals(first, id(second));
    assertEquals(id(second), id(issue(Samples.ISSUE)));
    voided(id(second));
    assertEquals("issued", outcome(issue(Samples.ISSUE)));
  }

  @Test
  void aVoucherThatExpiredUnclaimedIsFollowedByAnother() {
    String first = id(issue(Samples.ISSUE));
    world.now = Instant.parse("2026-05-01T00:00:00Z");
    Ask.post("/v1/vouchers/" + first + "/expiry").by(Role.ISSUING_AUTHORITY).to(world).is(200);
    assertEquals("issued", outcome(issue(until("2026-06-01"))));
  }

  @Test
  void aVoucherThatWasClaimedIsUsedUpHoweverItEnded() {
    String first = Samples.claimedVoucher(world);
    voided(first);
    Answer second = issue(Samples.ISSUE);
    assertEquals("already_issued", outcome(second));
    assertEquals(first, id(second));
  }

  @Test
  void aVoucherMayBeNarrowedToRegionsAndInstitutions() {
    Answer issued =
        issue(
            Samples.ISSUE.replace(
                "\"people\"",
                "\"usableRegions\":[\"990100\",\"990100\"],"
                    + "\"usableInstitutions\":[\"52990101MA00XY0180\"],\"people\""));
    Answer shown = Ask.get("/v1/vouchers/" + id(issued)).by(Role.AUDITOR).to(world).is(200);
    assertEquals("[\"990100\"]", shown.json().path("usableRegions").toString());
    assertEquals("[\"52990101MA00XY0180\"]", shown.json().path("usableInstitutions").toString());
  }

  @Test
  void aUsableRegionLiesWithinTheRegionOfTheVoucher() {
    for (String region : new String[] {"\"370000\"", "\"99\"", "7"}) {
      Answer refused =
          issueAnswer(
              Samples.ISSUE.replace("\"people\"", "\"usableRegions\":[" + region + "],\"people\""));
      assertTrue(
          refused.json().at("/errors/0/pointer").asText().startsWith("/usableRegions"), region);
    }
  }

  private Answer issue(String body) {
    return issueAnswer(body).is(200);
  }

  private Answer issueAnswer(String body) {
    return Ask.post("/v1/vouchers").by(Role.ISSUING_AUTHORITY).json(body).to(world);
  }

  private void voided(String id) {
    Ask.post("/v1/vouchers/" + id + "/cancellation")
        .by(Role.ISSUING_AUTHORITY)
        .json("{\"reason\":\"issued by mistake\"}")
        .to(world)
        .is(200);
  }

  private static String outcome(Answer answer) {
    return answer.json().at("/items/0/outcome").asText();
  }

  private static String id(Answer answer) {
    return answer.json().at("/items/0/voucherId").asText();
  }
}
