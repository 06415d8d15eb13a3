package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Supervision of a class: corrections, spot checks, waivers, flags. */
class SupervisionRoutesTest {
  private static final Instant IN_THE_LESSON = Instant.parse("2026-03-02T01:30:00Z");
  private static final Instant AFTER_IT = Instant.parse("2026-03-02T02:30:00Z");

  private final World world = new World();
  private final String path = "/v1/classes/" + Samples.openClass(world);

  private String person() {
    return world.people.pseudonym(IdType.CITIZEN_ID, Samples.MALE).value();
  }

  private String correction() {
    return "{'person':'%s','lesson':'L01','kind':'back_fill','reason':'读卡器故障'}".formatted(person());
  }

  private Ask propose() {
    return Ask.post(path + "/corrections").by(Role.INSTITUTION).jsonOf(correction());
  }

  private Ask decide(String correctionId, String decision) {
    return Ask.post(path + "/corrections/" + correctionId + "/decision")
        .by(Role.ISSUING_AUTHORITY)
        .jsonOf("{'decision':'%s','reason':'已核对录像'}".formatted(decision));
  }

  private Ask spotCheck() {
    return Ask.post(path + "/spot-checks")
        .by(Role.ISSUING_AUTHORITY)
        .jsonOf("{'lessonId':'L01','minutes':10}");
  }

  private static Views.FlagRow flag(String id, String classId, String institution) {
    return new Views.FlagRow(
        id,
        "velocity",
        2,
        classId,
        institution,
        World.REGION,
        Optional.of("L01"),
        Optional.empty(),
        Optional.empty(),
        "{\"minutes\":3}",
        AFTER_IT,
        "open",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aBackFillMakesNoFirstHourOfAPersonNeverVerified() {
    world.now = AFTER_IT;
    String id = propose().to(world).is(201).json().path("correctionId").asText();
    decide(id, "approved").to(world).isProblem(409, "identity_never_verified");
    decide(id, "declined").to(world).is(200);
  }

  @Test
  void onlyTheBureauDecidesACorrection() {
    world.now = AFTER_IT;
    String id =
        propose().by(Role.ISSUING_AUTHORITY).to(world).is(201).json().path("correctionId").asText();
    Answer refused =
        decide(id, "approved").by(Role.INSTITUTION).to(world).isProblem(403, "side_not_allowed");
    assertEquals("institution", refused.json().path("side").asText());
    assertEquals("bureau", refused.json().at("/allowed/0").asText());
  }

  @Test
  void aClosingNamesWhatWaitsAndDropsItWithAReason() {
    world.now = AFTER_IT;
    String id = propose().to(world).is(201).json().path("correctionId").asText();
    world.now = AFTER_IT.plusSeconds(3600);
    Ask close = Ask.post(path + "/closing").by(Role.INSTITUTION);
    Answer pending = close.key("c1").to(world).isProblem(409, "closing_pending");
    assertEquals(id, pending.json().at("/corrections/0").asText());
    Ask.post(path + "/closing")
        .by(Role.INSTITUTION)
        .jsonOf("{'drop':true}")
        .to(world)
        .faultsAt("/reason");
    Answer closed =
        Ask.post(path + "/closing")
            .by(Role.INSTITUTION)
            .jsonOf("{'drop':true,'reason':'无法核实'}")
            .to(world)
            .is(200);
    assertEquals("closed", closed.json().path("state").asText());
  }

  @Test
  void aCorrectionIsProposedByOneAndDecidedByAnother() {
    world.now = AFTER_IT;
    JsonNode proposed =
        propose().jsonOf(correction().replace("back_fill", "amendment")).to(world).is(201).json();
    assertEquals("proposed", proposed.path("state").asText());
    assertEquals(person(), proposed.path("person").asText());
    String id = proposed.path("correctionId").asText();
    decide(id, "approved").by(Role.INSTITUTION).to(world).isProblem(403, "two_person_required");
    assertEquals(
        "approved", decide(id, "approved").to(world).is(200).json().path("state").asText());
    decide(id, "approved").to(world).is(200);
    decide(id, "declined").to(world).isProblem(409, "correction_state");
    decide("K404", "approved").to(world).isProblem(404, "not_found");
  }

  @Test
  void theSameProposalIsOne() {
    world.now = AFTER_IT;
    Answer first = propose().key("k").to(world).is(201);
    world.keys.forgetAnswers();
    assertEquals(first.text(), propose().key("k").to(world).is(200).text());
  }

  @Test
  void aCorrectionComesAfterItsLesson() {
    Answer early = propose().to(world).isProblem(409, "outside_window");
    assertEquals("2026-03-02T10:30:00+08:00", early.json().path("opensAt").asText());
    assertFalse(early.json().has("closesAt"));
  }

  @Test
  void aCorrectionIsOfAPersonOnTheRoster() {
    world.now = AFTER_IT;
    propose()
        .jsonOf(correction().replace(person(), "A".repeat(43)))
        .to(world)
        .isProblem(403, "not_enrolled");
    propose().jsonOf(correction().replace("L01", "L02")).to(world).faultsAt("/lesson");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'lesson':'L01' | 'lesson':'' | /lesson",
        "back_fill | delete | /kind",
        "读卡器故障 | | /reason",
        "'person': | 'name':'张三','person': | /name",
        "'person': | 'person':'990101199003150015','x': | /x /person"
      })
  void everyFieldOfACorrectionIsChecked(String good, String bad, String places) {
    propose()
        .jsonOf(correction().replace(good, bad == null ? "" : bad))
        .to(world)
        .faultsAt(places.split(" "));
  }

  @Test
  void anEmptyFilingReportsEveryMissingField() {
    propose().json("{}").to(world).faultsAt("/person", "/lesson", "/kind", "/reason");
    decide("K1", "approved").json("{}").to(world).faultsAt("/decision", "/reason");
    decide("K1", "maybe").to(world).faultsAt("/decision");
    spotCheck().json("{}").to(world).faultsAt("/lessonId", "/minutes");
    Ask.post(path + "/gap-waivers")
        .by(Role.ISSUING_AUTHORITY)
        .json("{}")
        .to(world)
        .faultsAt("/device", "/reason");
  }

  @Test
  void theCorrectionsOfAClassAreListed() {
    world.views.corrections.add(
        new Views.CorrectionRow(
            "K1",
            person(),
            "L01",
            "amendment",
            "r",
            "T-1",
            AFTER_IT,
            "declined",
            Optional.of("T-2"),
            Optional.of("d"),
            Optional.of(AFTER_IT)));
    JsonNode page = Ask.get(path + "/corrections").by(Role.AUDITOR).to(world).is(200).json();
    assertEquals("declined", page.at("/items/0/state").asText());
    assertEquals("T-1", page.at("/items/0/proposedBy").asText());
    assertEquals("2026-03-02T10:30:00+08:00", page.at("/items/0/decidedAt").asText());
    Ask.get(path + "/corrections")
        .byForeign(Role.INSTITUTION)
        .to(world)
        .isProblem(404, "not_found");
  }

  @Test
  void aSpotCheckIsCalledOnceWhileTheLessonRuns() {
    Answer early = spotCheck().to(world).isProblem(409, "outside_window");
    assertEquals("2026-03-02T09:00:00+08:00", early.json().path("opensAt").asText());
    world.now = IN_THE_LESSON;
    assertEquals(10, spotCheck().to(world).is(201).json().path("minutes").asInt());
    spotCheck().to(world).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "46", "1.5", "'10'", "null"})
  void aSpotCheckIsOfAFewMinutes(String minutes) {
    spotCheck()
        .jsonOf("{'lessonId':'L01','minutes':" + minutes + "}")
        .to(world)
        .faultsAt("/minutes");
  }

  @Test
  void aSpotCheckIsOfALessonThatThereIs() {
    spotCheck().jsonOf("{'lessonId':'L99','minutes':5}").to(world).faultsAt("/lessonId");
  }

  @Test
  void onlyAGapIsWaived() {
    Ask waiver =
        Ask.post(path + "/gap-waivers")
            .by(Role.ISSUING_AUTHORITY)
            .jsonOf("{'device':'D1-1','reason':'设备损坏'}");
    waiver.to(world).isProblem(409, "class_state");
    world.classes.refusal = Optional.of(new ClassRefusal.NotApproved());
    waiver.key("other").to(world).isProblem(409, "class_not_approved");
  }

  @Test
  void aTimetableIsChangedWithAReason() {
    String changed = Samples.TIMETABLE.replace("安全知识", "急救知识");
    Ask.post(path + "/timetable")
        .by(Role.INSTITUTION)
        .json(changed)
        .to(world)
        .isProblem(422, "reason_required");
    String why = changed.replaceFirst("\\{", "{\"reason\":\"老师生病\",");
    Answer accepted =
        Ask.post(path + "/timetable").by(Role.INSTITUTION).json(why).to(world).is(200);
    assertEquals("急救知识", accepted.json().at("/lessons/0/title").asText());
    Ask.post(path + "/timetable")
        .by(Role.INSTITUTION)
        .json(changed.replaceFirst("\\{", "{\"reason\":\" \","))
        .to(world)
        .faultsAt("/reason");
  }

  @Test
  void aLessonThatHasBegunStaysAsItIs() {
    world.now = IN_THE_LESSON;
    Ask.post(path + "/timetable")
        .by(Role.INSTITUTION)
        .json(Samples.TIMETABLE.replace("安全知识", "急救知识").replaceFirst("\\{", "{\"reason\":\"r\","))
        .to(world)
        .isProblem(422, "timetable_invalid");
  }

  @Test
  void flagsAreListedByWhatIsAskedFor() {
    world.views.flags.add(flag("F1", "C1", World.SCHOOL));
    JsonNode page =
        Ask.get("/v1/flags?classId=C1&kind=velocity&state=open&limit=2")
            .by(Role.INSTITUTION)
            .to(world)
            .is(200)
            .json();
    assertEquals(3, page.at("/items/0/facts/minutes").asInt());
    assertFalse(page.at("/items/0").has("decidedBy"));
    var filter = world.views.flagFilter.orElseThrow();
    assertEquals(Optional.of("velocity"), filter.kind());
    assertEquals(Optional.of("open"), filter.state());
    assertTrue(filter.classId().isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind=rain", "state=lost", "classId=a%20b", "limit=201", "person=x"})
  void aFlagsFilterIsChecked(String query) {
    Ask.get("/v1/flags?" + query).by(Role.OPERATOR).to(world).isProblem(422, "invalid_field");
  }

  @Test
  void aFlagIsShownToThoseWhoseItIs() {
    world.views.flags.add(flag("F1", "C1", World.SCHOOL));
    Ask.get("/v1/flags/F1").by(Role.INSTITUTION).to(world).is(200);
    Ask.get("/v1/flags/F1").byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    Answer unknown = Ask.get("/v1/flags/F2").by(Role.AUDITOR).to(world).isProblem(404, "not_found");
    assertTrue(unknown.header("retry-after").isPresent());
  }

  @Test
  void aFlagOfAClassIsDecidedInThatClass() {
    String classId = path.substring(path.lastIndexOf('/') + 1);
    world.views.flags.add(flag("F1", classId, World.SCHOOL));
    world.views.flags.add(flag("F2", "C2", World.SCHOOL));
    String body = "{'decision':'dismissed','reason':'两处相邻'}";
    Ask decide = Ask.post(path + "/flags/F1/decision").by(Role.ISSUING_AUTHORITY).jsonOf(body);
    assertEquals("dismissed", decide.to(world).is(200).json().path("state").asText());
    Ask.post(path + "/flags/F2/decision")
        .by(Role.ISSUING_AUTHORITY)
        .jsonOf(body)
        .to(world)
        .isProblem(404, "not_found");
    Ask.post(path + "/flags/F1/decision")
        .by(Role.ISSUING_AUTHORITY)
        .json("{}")
        .to(world)
        .faultsAt("/decision", "/reason");
  }
}
