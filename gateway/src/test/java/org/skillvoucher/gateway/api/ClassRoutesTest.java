package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

class ClassRoutesTest {
  private final World world = new World();

  @Test
  void aFiledClassHasAnAddress() {
    Answer filed =
        Ask.post("/v1/classes").by(Role.INSTITUTION).json(Samples.FILING).to(world).is(201);
    String id = filed.json().path("classId").asText();
    assertTrue(id.matches("C[0-9A-HJKMNP-TV-Z]{16}"));
    assertEquals("/v1/classes/" + id, filed.header("location").orElseThrow());
    assertEquals("filed", filed.json().path("state").asText());
    assertEquals("李四", world.people.stored.getFirst().name());
    assertFalse(filed.text().contains("李四"));
  }

  @Test
  void aFilingSentAgainAfterACrashMeetsTheSameClass() {
    Ask filing = Ask.post("/v1/classes").by(Role.INSTITUTION).key("k").json(Samples.FILING);
    Answer first = filing.to(world).is(201);
    world.keys.forgetAnswers();
    Answer again = filing.to(world).is(200);
    assertEquals(first.json().path("classId"), again.json().path("classId"));
  }

  @Test
  void missingPartsOfAFilingAreNamed() {
    Answer refused =
        Ask.post("/v1/classes")
            .by(Role.INSTITUTION)
            .jsonOf(
                "{'institution':'52990101MA00XY0180','region':'990000','occupation':'4-10-01-05',"
                    + "'level':5,'title':'t','plan':{'teachingPlan':' ','trainingMode':'m'},"
                    + "'traineesPlanned':3}")
            .to(world)
            .isProblem(422, "filing_incomplete");
    assertEquals(
        List.of(
            "teachingPlan",
            "assessmentMethod",
            "employmentMeasures",
            "venue",
            "teachers",
            "textbooks"),
        refused.json().path("missingParts").valueStream().map(p -> p.asText()).toList());
    assertEquals("/plan/teachingPlan", refused.json().at("/errors/0/pointer").asText());
    assertEquals("/venue", refused.json().at("/errors/3/pointer").asText());
  }

  @Test
  void aFilingWithoutAnyPlanIsIncompleteAndNotInvalid() {
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .jsonOf(
            "{'institution':'52990101MA00XY0180','region':'990000','occupation':'4-10-01-05',"
                + "'level':5,'title':'t','traineesPlanned':3}")
        .to(world)
        .isProblem(422, "filing_incomplete");
  }

  @Test
  void faultsInAFilingAreReportedTogether() {
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .jsonOf(
            "{'institution':'91350100M000100Y4Z','region':'990000','occupation':'养老','level':5,"
                + "'title':'','plan':{'other':'x'},'teachers':[{'idType':'citizen_id',"
                + "'number':'990101199702290017','name':'李四'}],'textbooks':['ok',7],"
                + "'traineesPlanned':0}")
        .to(world)
        .faultsAt(
            "/institution",
            "/occupation",
            "/title",
            "/plan/other",
            "/teachers/0/number",
            "/textbooks/1",
            "/traineesPlanned");
  }

  @Test
  void anInstitutionFilesForItselfOnly() {
    Ask.post("/v1/classes")
        .byForeign(Role.INSTITUTION)
        .json(Samples.FILING)
        .to(world)
        .isProblem(403, "forbidden");
  }

  @Test
  void aRegionWithoutARulePackIsAFaultOfTheField() {
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .json(Samples.FILING.replace("990000", "370000"))
        .to(world)
        .faultsAt("/region");
  }

  @Test
  void anApprovedClassShowsItsApprovalAndItsRules() {
    String id = Samples.approvedClass(world);
    Answer shown = Ask.get("/v1/classes/" + id).by(Role.INSTITUTION).to(world).is(200);
    assertEquals("approved", shown.json().path("state").asText());
    assertEquals("2026-03-02T08:45:00+08:00", shown.json().path("approvedAt").asText());
    assertEquals("990000/2025-01-01", shown.json().path("rulePack").asText());
  }

  @Test
  void aReturnedFilingNeedsAReason() {
    String id = Samples.filedClass(world);
    Ask.post("/v1/classes/" + id + "/approval")
        .by(Role.ISSUING_AUTHORITY)
        .json("{\"decision\":\"returned\"}")
        .to(world)
        .faultsAt("/reason");
    Answer returned =
        Ask.post("/v1/classes/" + id + "/approval")
            .by(Role.ISSUING_AUTHORITY)
            .json("{\"decision\":\"returned\",\"reason\":\"venue too small\"}")
            .to(world)
            .is(200);
    assertEquals("returned", returned.json().path("state").asText());
    assertEquals("", returned.json().path("rulePack").asText());
  }

  @Test
  void aDecisionIsOneOfTwoWords() {
    String id = Samples.filedClass(world);
    Ask.post("/v1/classes/" + id + "/approval")
        .by(Role.ISSUING_AUTHORITY)
        .json("{\"decision\":\"maybe\"}")
        .to(world)
        .faultsAt("/decision");
  }

  @Test
  void aTimetableIsSetWhole() {
    String id = Samples.approvedClass(world);
    Answer scheduled =
        Ask.post("/v1/classes/" + id + "/timetable")
            .by(Role.INSTITUTION)
            .json(Samples.TIMETABLE)
            .to(world)
            .is(200);
    assertEquals("L01", scheduled.json().at("/lessons/0/lessonId").asText());
    assertEquals("theory", scheduled.json().at("/lessons/0/kind").asText());
    assertEquals("2026-03-02T09:00:00+08:00", scheduled.json().at("/lessons/0/startsAt").asText());
  }

  @Test
  void lessonsThatOverlapCannotBeHeld() {
    String id = Samples.approvedClass(world);
    Answer refused =
        Ask.post("/v1/classes/" + id + "/timetable")
            .by(Role.INSTITUTION)
            .jsonOf(
                "{'lessons':[" + lesson("L1", "09", "11") + "," + lesson("L2", "10", "12") + "]}")
            .to(world)
            .isProblem(422, "timetable_invalid");
    assertTrue(refused.json().path("reason").asText().contains("L2"));
  }

  @Test
  void anEmptyTimetableIsRefusedByTheClassAndAMissingOneByItsShape() {
    String id = Samples.approvedClass(world);
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .json("{\"lessons\":[]}")
        .to(world)
        .isProblem(422, "timetable_invalid");
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .json("{}")
        .to(world)
        .faultsAt("/lessons");
  }

  @Test
  void aLessonEndsAfterItStarts() {
    String id = Samples.approvedClass(world);
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .jsonOf("{'lessons':[" + lesson("L1", "09", "09") + "]}")
        .to(world)
        .faultsAt("/lessons/0/endsAt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "1999-12-31T23:59:59+08:00",
        "2101-01-01T00:00:00+08:00",
        "9999-12-31T23:59:59Z"
      })
  void aLessonOfAYearThatCannotBeMeantIsRefused(String time) {
    String id = Samples.approvedClass(world);
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .jsonOf(
            """
            {'lessons':[{'lessonId':'L1','title':'t','kind':'theory','startsAt':'%s','endsAt':'%s'}]}
            """
                .formatted(time, time))
        .to(world)
        .faultsAt("/lessons/0/startsAt", "/lessons/0/endsAt");
  }

  @Test
  void aClassDoesNotOpenWithoutRosterAndTimetable() {
    String id = Samples.approvedClass(world);
    Answer refused =
        Ask.post("/v1/classes/" + id + "/opening")
            .by(Role.INSTITUTION)
            .to(world)
            .isProblem(409, "class_state");
    assertEquals(2, refused.json().path("missingParts").size());
  }

  @Test
  void anUnapprovedClassIsNotScheduled() {
    String id = Samples.filedClass(world);
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .json(Samples.TIMETABLE)
        .to(world)
        .isProblem(409, "class_not_approved");
  }

  @Test
  void aClassClosesAfterItsLastLesson() {
    String id = Samples.openClass(world);
    Answer early =
        Ask.post("/v1/classes/" + id + "/closing")
            .by(Role.INSTITUTION)
            .json("{}")
            .to(world)
            .isProblem(409, "class_state");
    assertEquals("2026-03-02T11:30:00+08:00", early.json().path("until").asText());
    world.now = Instant.parse("2026-03-02T04:00:00Z");
    Answer closed =
        Ask.post("/v1/classes/" + id + "/closing").by(Role.INSTITUTION).to(world).is(200);
    assertEquals("closed", closed.json().path("state").asText());
  }

  @Test
  void openingHasNoBody() {
    String id = Samples.approvedClass(world);
    Ask.post("/v1/classes/" + id + "/opening")
        .by(Role.INSTITUTION)
        .json("{\"force\":true}")
        .to(world)
        .faultsAt("/force");
  }

  @Test
  void anotherTenantsClassIsNotThere() {
    String id = Samples.approvedClass(world);
    Ask.get("/v1/classes/" + id).byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    Ask.get("/v1/classes/" + id).byForeign(Role.AUDITOR).to(world).isProblem(404, "not_found");
    Ask.post("/v1/classes/" + id + "/opening")
        .byForeign(Role.INSTITUTION)
        .to(world)
        .isProblem(404, "not_found");
    Ask.post("/v1/classes/" + id + "/approval")
        .byForeign(Role.ISSUING_AUTHORITY)
        .json("{\"decision\":\"approved\"}")
        .to(world)
        .isProblem(404, "not_found");
    Ask.get("/v1/classes/" + id + "/sheet")
        .byForeign(Role.INSTITUTION)
        .to(world)
        .isProblem(404, "not_found");
    assertEquals(
        Ask.get("/v1/classes/C404").by(Role.INSTITUTION).to(world).text(),
        Ask.get("/v1/classes/" + id).byForeign(Role.INSTITUTION).to(world).text());
  }

  @Test
  void theListIsWithinTheCallersScope() {
    world.views.classes.add(
        new Views.ClassRow("C1", "open", World.SCHOOL, World.REGION, "4-10-01-05", 5, "一期", 7));
    Answer page = Ask.get("/v1/classes?state=open").by(Role.INSTITUTION).to(world).is(200);
    assertEquals("一期", page.json().at("/items/0/title").asText());
    assertEquals("OfInstitution", world.views.scope.orElseThrow().getClass().getSimpleName());
    Ask.get("/v1/classes?state=ajar")
        .by(Role.INSTITUTION)
        .to(world)
        .isProblem(422, "invalid_field");
  }

  private static String lesson(String id, String fromHour, String toHour) {
    return ("{'lessonId':'%s','title':'t','kind':'practice','startsAt':'2026-03-02T%s:00:00+08:00',"
            + "'endsAt':'2026-03-02T%s:00:00+08:00'}")
        .formatted(id, fromHour, toHour);
  }
}
