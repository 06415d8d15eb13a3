package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

class InstitutionRoutesTest {
  private static final String SCHOOL = "/v1/institutions/" + World.SCHOOL;
  private static final String OTHER = "/v1/institutions/" + World.OTHER_SCHOOL;
  private static final String ADMISSION =
      """
      {'creditCode':'%s','region':'990000','name':'另一所学校','qualification':'办学许可','edition':2026}
      """
          .formatted(World.OTHER_SCHOOL);
  private static final String STOP =
      "{'reason':'forged_material','evidence':'检查记录','effectiveAt':'2026-03-02T09:00:00+08:00'}";
  private static final String SITE =
      "{'siteId':'S1','name':'一号楼','address':'示范路 1 号','rooms':[{'roomId':'R1','name':'201 室'}]}";

  private final World world = new World();

  private static Ask admit() {
    return Ask.post("/v1/institutions").by(Role.ISSUING_AUTHORITY).jsonOf(ADMISSION);
  }

  private static Ask byAuthority(String path) {
    return Ask.post(path).by(Role.ISSUING_AUTHORITY);
  }

  private static Ask putSite() {
    return Ask.post(SCHOOL + "/sites").by(Role.INSTITUTION).jsonOf(SITE);
  }

  @Test
  void anInstitutionIsAdmittedOnceAndFoundUnderItsCreditCode() {
    Answer admitted = admit().to(world).is(201);
    assertEquals(OTHER, admitted.header("location").orElseThrow());
    assertEquals("admitted", admitted.json().path("state").asText());
    admit().to(world).is(200);
    Answer shown = Ask.get(OTHER).by(Role.AUDITOR).to(world).is(200);
    assertEquals("另一所学校", shown.json().path("name").asText());
  }

  @Test
  void aCodeIssuedWithAWrongCheckCharacterIsAdmittedForAReasonOnly() {
    String wrong = ADMISSION.replace(World.OTHER_SCHOOL, "91990101MA00XY0180");
    admit().jsonOf(wrong).to(world).faultsAt("/creditCode");
    String reasoned = wrong.replace("}", ",'checkOverride':'registered so, certificate seen'}");
    Answer admitted = admit().jsonOf(reasoned).to(world).is(201);
    assertEquals("registered so, certificate seen", admitted.json().path("checkOverride").asText());
    Ask.get("/v1/institutions/91990101MA00XY0180").by(Role.OPERATOR).to(world).is(200);
    admit()
        .jsonOf(ADMISSION.replace("}", ",'checkOverride':'to be sure'}"))
        .to(world)
        .faultsAt("/checkOverride");
  }

  @Test
  void anAdmissionWithOtherDataIsRefused() {
    admit().to(world).is(201);
    admit().jsonOf(ADMISSION.replace("2026", "2027")).to(world).isProblem(409, "institution_state");
  }

  @Test
  void anotherRegionsInstitutionIsAdmittedByItsOwnAuthority() {
    admit().byForeign(Role.ISSUING_AUTHORITY).to(world).isProblem(403, "forbidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'creditCode':'%s' | 'creditCode':'52990101MA00XY0181' | /creditCode",
        "'region':'990000' | 'region':'99' | /region",
        "'name':'另一所学校' | 'name':' ' | /name",
        "'qualification':'办学许可' | 'qualification':7 | /qualification",
        "'edition':2026 | 'edition':1999 | /edition",
        "'edition':2026 | 'edition':'2026' | /edition",
        "'edition':2026 | 'edition':2026,'rank':1 | /rank"
      })
  void everyFieldOfAnAdmissionIsChecked(String good, String bad, String place) {
    String body = ADMISSION.replace(good.formatted(World.OTHER_SCHOOL), bad);
    admit().jsonOf(body).to(world).faultsAt(place);
  }

  @Test
  void anEmptyFilingReportsEveryMissingField() {
    admit()
        .json("{}")
        .to(world)
        .faultsAt("/creditCode", "/region", "/name", "/qualification", "/edition");
    byAuthority(SCHOOL + "/suspension")
        .json("{}")
        .to(world)
        .faultsAt("/reason", "/evidence", "/effectiveAt");
    byAuthority(SCHOOL + "/exit")
        .json("{}")
        .to(world)
        .faultsAt("/reason", "/evidence", "/effectiveAt");
    byAuthority(SCHOOL + "/reinstatement").json("{}").to(world).faultsAt("/reason");
    putSite().json("{}").to(world).faultsAt("/siteId", "/name", "/address", "/rooms");
  }

  @Test
  void aSuspendedInstitutionHasAReasonAndIsReinstated() {
    Answer suspended = byAuthority(SCHOOL + "/suspension").jsonOf(STOP).to(world).is(200);
    assertEquals("suspended", suspended.json().path("state").asText());
    assertEquals("forged_material", suspended.json().at("/stop/reason").asText());
    assertEquals("2026-03-02T09:00:00+08:00", suspended.json().at("/stop/effectiveAt").asText());
    byAuthority(SCHOOL + "/suspension")
        .jsonOf(STOP.replace("forged_material", "mismanagement"))
        .to(world)
        .isProblem(409, "institution_state");
    Answer back =
        byAuthority(SCHOOL + "/reinstatement").jsonOf("{'reason':'整改完成'}").to(world).is(200);
    assertEquals("admitted", back.json().path("state").asText());
    assertFalse(back.json().has("stop"));
    byAuthority(SCHOOL + "/reinstatement")
        .jsonOf("{'reason':'整改完成'}")
        .to(world)
        .isProblem(409, "institution_state");
  }

  @Test
  void whoLeftTheDirectoryComesBackWithALaterEditionOnly() {
    admit().to(world).is(201);
    Answer out = byAuthority(OTHER + "/exit").jsonOf(STOP).to(world).is(200);
    assertEquals("exited", out.json().path("state").asText());
    admit().to(world).isProblem(409, "institution_state");
    byAuthority(OTHER + "/reinstatement")
        .jsonOf("{'reason':'r'}")
        .to(world)
        .isProblem(409, "institution_state");
    Ask next = admit().jsonOf(ADMISSION.replace("2026", "2027"));
    Answer early = next.key("early").to(world).isProblem(409, "edition_not_open");
    assertEquals("2027-01-01", early.json().path("opensOn").asText());
    world.now = Instant.parse("2026-12-31T16:00:00Z");
    next.key("in-time").to(world).is(201);
  }

  @Test
  void whoLeftForFraudIsBarredForYears() {
    admit().to(world).is(201);
    byAuthority(OTHER + "/exit").jsonOf(STOP.replace("forged_material", "fraud")).to(world).is(200);
    world.now = Instant.parse("2027-06-01T00:00:00Z");
    Answer barred =
        admit().jsonOf(ADMISSION.replace("2026", "2027")).to(world).isProblem(409, "barred_until");
    assertEquals("2029-03-02", barred.json().path("barredUntil").asText());
  }

  @Test
  void aSuspendedInstitutionStartsNothingNew() {
    String approved = "/v1/classes/" + Samples.approvedClass(world);
    String filed = "/v1/classes/" + Samples.filedClass(world);
    byAuthority(SCHOOL + "/suspension").jsonOf(STOP).to(world).is(200);
    world.now = Instant.parse("2026-03-02T01:00:00Z");

    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .json(Samples.FILING)
        .to(world)
        .isProblem(403, "institution_suspended");
    byAuthority(filed + "/approval")
        .jsonOf("{'decision':'approved'}")
        .to(world)
        .isProblem(403, "institution_suspended");
    Ask.post(approved + "/timetable")
        .by(Role.INSTITUTION)
        .json(Samples.TIMETABLE)
        .to(world)
        .isProblem(403, "institution_suspended");
    Ask.post(approved + "/roster")
        .by(Role.INSTITUTION)
        .body("text/csv; charset=UTF-8", Samples.ROSTER.getBytes(World.UTF_8))
        .to(world)
        .isProblem(403, "institution_suspended");
    Ask.post(approved + "/opening")
        .by(Role.INSTITUTION)
        .to(world)
        .isProblem(403, "institution_suspended");
    Ask.post(approved + "/corrections")
        .by(Role.INSTITUTION)
        .jsonOf(
            "{'person':'%s','lesson':'L01','kind':'back_fill','reason':'r'}"
                .formatted("A".repeat(43)))
        .to(world)
        .isProblem(403, "institution_suspended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"site_unreachable", "courses_not_updated", "no_training_delivered"})
  void whatEndsInAnExitIsNoReasonForASuspension(String reason) {
    String stop = STOP.replace("forged_material", reason);
    byAuthority(SCHOOL + "/suspension").jsonOf(stop).to(world).faultsAt("/reason");
    Answer refused =
        byAuthority(SCHOOL + "/exit").jsonOf(stop).to(world).isProblem(422, "reason_not_fit");
    assertTrue(refused.json().path("accepted").toString().contains("short_changed_hours"));
    byAuthority(SCHOOL + "/exit")
        .jsonOf(STOP.replace("forged_material", "short_changed_hours"))
        .to(world)
        .is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forged_material | dislike | /reason",
        "检查记录 |  | /evidence",
        "2026-03-02T09:00:00+08:00 | 2026-03-02 | /effectiveAt",
        "2026-03-02T09:00:00+08:00 | 2026-03-02T09:00:00 | /effectiveAt"
      })
  void everyFieldOfASuspensionIsChecked(String good, String bad, String place) {
    String body = STOP.replace(good, bad == null ? "" : bad);
    byAuthority(SCHOOL + "/suspension").jsonOf(body).to(world).faultsAt(place);
  }

  @Test
  void aSuspendedInstitutionFilesNoClass() {
    byAuthority(SCHOOL + "/suspension")
        .jsonOf(STOP.replace("2026-03-02T09:00:00", "2026-03-02T08:45:00"))
        .to(world)
        .is(200);
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .json(Samples.FILING)
        .to(world)
        .isProblem(403, "institution_suspended");
  }

  @Test
  void aSuspensionOfTomorrowLetsTodaysClassBeFiled() {
    byAuthority(SCHOOL + "/suspension")
        .jsonOf(STOP.replace("2026-03-02", "2026-03-03"))
        .to(world)
        .is(200);
    Samples.filedClass(world);
  }

  @Test
  void anInstitutionOutsideTheDirectoryFilesNoClass() {
    Ask.post("/v1/classes")
        .byForeign(Role.INSTITUTION)
        .json(Samples.FILING.replace(World.SCHOOL, World.OTHER_SCHOOL))
        .to(world)
        .isProblem(403, "institution_not_admitted");
  }

  @Test
  void aSiteIsAddedAndItsRoomsAreSet() {
    Answer added = putSite().to(world).is(200);
    assertEquals("R1", added.json().at("/sites/0/rooms/0/roomId").asText());
    Answer set = putSite().jsonOf(SITE.replace("'R1'", "'R2'")).to(world).is(200);
    assertEquals(1, set.json().path("sites").size());
    assertEquals("R2", set.json().at("/sites/0/rooms/0/roomId").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'siteId':'S1' | 'siteId':'a b' | /siteId",
        "'name':'一号楼' | 'name':'' | /name",
        "'address':'示范路 1 号' | 'address':null | /address",
        "[{'roomId':'R1','name':'201 室'}] | [] | /rooms",
        "[{'roomId':'R1','name':'201 室'}] | 7 | /rooms",
        "[{'roomId':'R1','name':'201 室'}] | [7] | /rooms/0",
        "'roomId':'R1' | 'roomId':'-' | /rooms/0/roomId",
        "'name':'201 室' | 'name':'' | /rooms/0/name",
        "'name':'201 室' | 'name':'x','floor':2 | /rooms/0/floor"
      })
  void everyFieldOfASiteIsChecked(String good, String bad, String place) {
    putSite().jsonOf(SITE.replace(good, bad)).to(world).faultsAt(place);
  }

  @Test
  void anotherTenantsInstitutionIsAsIfItDidNotExist() {
    Ask.get(SCHOOL).byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    Ask.get(SCHOOL).byForeign(Role.ISSUING_AUTHORITY).to(world).isProblem(404, "not_found");
    putSite().byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    byAuthority(SCHOOL + "/suspension")
        .byForeign(Role.ISSUING_AUTHORITY)
        .jsonOf(STOP)
        .to(world)
        .isProblem(404, "not_found");
    assertEquals(
        Ask.get(SCHOOL).byForeign(Role.INSTITUTION).to(world).text(),
        Ask.get(OTHER).byForeign(Role.INSTITUTION).to(world).text());
  }

  @Test
  void whatIsNoCreditCodeNamesNothing() {
    Ask.get("/v1/institutions/52990101MA00XY0181")
        .by(Role.OPERATOR)
        .to(world)
        .isProblem(404, "not_found");
  }

  @Test
  void theListIsPagedAndScoped() {
    world.views.institutions.add(
        new Views.InstitutionRow(World.SCHOOL, World.REGION, "学校", 2026, "suspended"));
    world.views.nextCursor = Optional.of("next");
    Answer page =
        Ask.get("/v1/institutions?limit=1&cursor=c").by(Role.ISSUING_AUTHORITY).to(world).is(200);
    assertEquals("suspended", page.json().at("/items/0/state").asText());
    assertEquals("next", page.json().path("nextCursor").asText());
    assertEquals(Optional.of("c"), world.views.paging.orElseThrow().cursor());
    assertTrue(world.views.scope.isPresent());
    Ask.get("/v1/institutions?limit=0").by(Role.OPERATOR).to(world).isProblem(422, "invalid_field");
  }
}
