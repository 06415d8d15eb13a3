package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Which class a voucher may be bound to, and what nobody learns by trying. */
class VoucherBindingTest {
  private static final Instant LATER = Instant.parse("2026-05-01T00:00:00Z");

  private final World world = new World();

  @Test
  void aVoucherIsNotBoundToAClassThatDoesNotExist() {
    binding(Samples.claimedVoucher(world), "C404").faultsAt("/classId");
  }

  @Test
  void aForeignClassIsAnsweredLikeOneThatDoesNotExistWhateverItsState() {
    String filed = Samples.filedClass(world);
    String approved = Samples.approvedClass(world);
    Answer unknown = foreignBinding("C404");
    for (String classId : List.of(filed, approved)) {
      assertEquals(unknown.text(), foreignBinding(classId).faultsAt("/classId").text());
    }
  }

  /** By a platform of another region, which has a voucher of its own. */
  private Answer foreignBinding(String classId) {
    return Ask.post("/v1/vouchers/" + foreignVoucher() + "/binding")
        .byForeign(Role.CARD_PLATFORM)
        .json("{\"classId\":\"" + classId + "\"}")
        .to(world);
  }

  private String foreignVoucher() {
    VoucherId id = new VoucherId("VFOREIGN");
    PersonPseudonym holder = new PersonPseudonym("p".repeat(43));
    var terms =
        new VoucherTerms(
            holder, new RegionCode("370000"), new OccupationCode("4-10-01-05"), 5, LATER);
    var rules = new VoucherRules("370000/2025-01-01", 90);
    world.vouchers.send(id, new VoucherCommand.Issue(terms, rules, world.now), Actor.GATEWAY);
    world.vouchers.send(id, new VoucherCommand.Claim(holder, world.now), Actor.GATEWAY);
    return id.value();
  }

  @Test
  void aVoucherThatIsNotTheirsTellsNothingOfClasses() {
    String voucher = Samples.claimedVoucher(world);
    for (String classId :
        List.of("C404", Samples.filedClass(world), Samples.approvedClass(world))) {
      for (String id : List.of(voucher, "V404")) {
        Ask.post("/v1/vouchers/" + id + "/binding")
            .byForeign(Role.CARD_PLATFORM)
            .json("{\"classId\":\"" + classId + "\"}")
            .to(world)
            .isProblem(404, "not_found");
      }
    }
  }

  @Test
  void aVoucherIsNotSpentOnAClassThatIsNotApproved() {
    String id = Samples.claimedVoucher(world);
    binding(id, Samples.filedClass(world)).isProblem(409, "class_not_approved");
    assertEquals("claimed", state(id));
  }

  @Test
  void aVoucherForAnotherOccupationIsRefusedWithTheOnesThatFit() {
    String classId = Samples.approvedClass(world);
    String id =
        claimed(Samples.ISSUE.replace("4-10-01-05\",\"level\":5", "6-31-01-03\",\"level\":1"));
    String holder = shown(id).path("holder").asText();
    listed("V-fits", holder, "4-10-01-05", 5, LATER, Optional.empty());
    listed("V-level", holder, "4-10-01-05", 4, LATER, Optional.empty());
    listed("V-expired", holder, "4-10-01-05", 5, world.now, Optional.empty());
    listed("V-place", holder, "4-10-01-05", 5, LATER, Optional.of(only(World.OTHER_SCHOOL)));
    listed("V-other", "A".repeat(43), "4-10-01-05", 5, LATER, Optional.empty());
    Answer refused = binding(id, classId).isProblem(409, "voucher_scope");
    assertEquals("6-31-01-03/1", refused.json().at("/facts/voucher").asText());
    assertEquals("4-10-01-05/5", refused.json().at("/facts/class").asText());
    assertEquals("[\"V-fits\"]", refused.json().path("fitting").toString());
    assertEquals("claimed", state(id));
  }

  private static VoucherPlaces only(String institution) {
    return new VoucherPlaces(List.of(), List.of(new CreditCode(institution)));
  }

  private void listed(
      String id,
      String holder,
      String occupation,
      int level,
      Instant expiresAt,
      Optional<VoucherPlaces> places) {
    world.views.vouchers.add(
        new Views.VoucherRow(
            id,
            "claimed",
            holder,
            World.REGION,
            occupation,
            level,
            expiresAt,
            Optional.empty(),
            places));
  }

  @Test
  void aVoucherOfACityIsNotUsedInAClassOfTheProvince() {
    String id = claimed(Samples.ISSUE.replace("990000", "990100"));
    Answer refused = binding(id, Samples.approvedClass(world)).isProblem(409, "voucher_region");
    assertEquals("[\"990100\"]", refused.json().at("/facts/voucher").toString());
    assertEquals("990000", refused.json().at("/facts/class").asText());
    assertEquals(0, refused.json().path("fitting").size());
  }

  @Test
  void aVoucherForOneInstitutionIsNotUsedAtAnother() {
    String id =
        claimed(
            Samples.ISSUE.replace(
                "\"people\"", "\"usableInstitutions\":[\"91990101MA00XY018Y\"],\"people\""));
    Answer refused =
        binding(id, Samples.approvedClass(world)).isProblem(409, "voucher_institution");
    assertEquals(World.SCHOOL, refused.json().at("/facts/class").asText());
    assertEquals("[\"91990101MA00XY018Y\"]", refused.json().at("/facts/voucher").toString());
  }

  @Test
  void aBindingAtTheHoursOfAnotherIsRefused() {
    String classId = Samples.openClass(world);
    String id = Samples.claimedVoucher(world);
    world.views.overlaps.add(
        new Views.Overlap(
            new PersonPseudonym(shown(id).path("holder").asText()),
            new ClassId("C9"),
            new LessonId("L07"),
            world.now,
            world.now.plusSeconds(3600),
            new LessonId("L01")));
    Answer refused = binding(id, classId).isProblem(409, "schedule_overlap");
    assertEquals("C9", refused.json().at("/facts/otherClass").asText());
    assertEquals("L07", refused.json().at("/facts/otherLesson").asText());
    assertEquals("L01", refused.json().at("/facts/lesson").asText());
    assertEquals("claimed", state(id));
    world.views.overlaps.clear();
    binding(id, classId).is(200);
  }

  @Test
  void aBindingSentAgainUnderANewKeyIsNotRefusedByItsOwnHours() {
    String classId = Samples.openClass(world);
    String id = Samples.claimedVoucher(world);
    Answer first = binding(id, classId).is(200);
    world.views.overlaps.add(
        new Views.Overlap(
            new PersonPseudonym(first.json().path("holder").asText()),
            new ClassId("C9"),
            new LessonId("L07"),
            world.now,
            world.now.plusSeconds(3600),
            new LessonId("L01")));
    assertEquals(first.text(), binding(id, classId).is(200).text());
  }

  private Answer binding(String voucher, String classId) {
    return Ask.post("/v1/vouchers/" + voucher + "/binding")
        .by(Role.CARD_PLATFORM)
        .json("{\"classId\":\"" + classId + "\"}")
        .to(world);
  }

  private String claimed(String issue) {
    String id =
        Ask.post("/v1/vouchers")
            .by(Role.ISSUING_AUTHORITY)
            .json(issue)
            .to(world)
            .is(200)
            .json()
            .at("/items/0/voucherId")
            .asText();
    Ask.post("/v1/vouchers/" + id + "/claim")
        .by(Role.CARD_PLATFORM)
        .json("{\"person\":{\"idType\":\"citizen_id\",\"number\":\"" + Samples.MALE + "\"}}")
        .to(world)
        .is(200);
    return id;
  }

  private String state(String voucher) {
    return shown(voucher).path("state").asText();
  }

  private JsonNode shown(String voucher) {
    return Ask.get("/v1/vouchers/" + voucher).by(Role.AUDITOR).to(world).is(200).json();
  }
}
