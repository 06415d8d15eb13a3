package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;

final class PaperworkTest {
  private static final String ROSTER = StubbedDemo.CLASS_PATH + "/roster";

  @Test
  void theMissingPartOfAFilingMustBeNamed() {
    ObjectNode problem = Json.object().put("code", "filing_incomplete");
    problem.putArray("missingParts").add("teachingPlan");
    ObjectNode other = problem.deepCopy();
    other.putArray("missingParts").add("syllabus");
    try (StubbedDemo demo =
        new StubbedDemo(
            StubbedDemo.route(
                "POST", "/v1/classes", StubReply.json(422, problem), StubReply.json(422, other)))) {
      Paperwork paperwork = new Paperwork(demo.environment);
      paperwork.anIncompleteFilingIsRefused();
      assertEquals(List.of(), demo.broken());
      paperwork.anIncompleteFilingIsRefused();
      assertEquals(1, demo.broken().size());
      assertEquals(" ", demo.bodies("/v1/classes").getFirst().at("/plan/teachingPlan").asText());
    }
  }

  private static ObjectNode filed(String id) {
    return Json.object().put("classId", id).put("state", "filed");
  }

  @Test
  void aFilingRepeatedUnderItsKeyMustBeTheSameClass() {
    try (StubbedDemo demo =
        new StubbedDemo(StubbedDemo.route("POST", "/v1/classes", filed("C1")))) {
      assertEquals("C1", new Paperwork(demo.environment).file());
      assertEquals(List.of(), demo.broken());
      List<StubRequest> sent = demo.requests("/v1/classes");
      assertEquals(
          sent.getFirst().required("Idempotency-Key"), sent.getLast().required("Idempotency-Key"));
    }
    try (StubbedDemo demo =
        new StubbedDemo(StubbedDemo.route("POST", "/v1/classes", filed("C1"), filed("C2")))) {
      new Paperwork(demo.environment).file();
      assertEquals(List.of("filed again under the same key, it is the same class"), demo.broken());
    }
  }

  /** A row for each of the sample's, as it should be judged. */
  private static ObjectNode imported(int enrolled, int already) {
    SampleRoster roster = StubbedDemo.SAMPLE.roster();
    ObjectNode answer =
        Json.object()
            .put("enrolled", enrolled)
            .put("alreadyEnrolled", already)
            .put("refused", roster.refused().size());
    ArrayNode rows = answer.putArray("rows");
    for (SampleRoster.Row row : roster.rows()) {
      ObjectNode judged = rows.addObject().put("line", row.line());
      row.refusal()
          .ifPresentOrElse(
              code -> judged.put("outcome", "refused").put("code", code),
              () -> judged.put("outcome", "enrolled").put("normalised", row.normalised()));
    }
    return answer;
  }

  private static StubbedDemo importing(ObjectNode first, ObjectNode second) {
    return new StubbedDemo(StubbedDemo.route("POST", ROSTER, first, second));
  }

  @Test
  void everyRowOfTheRosterIsComparedWithTheDemosOwnReading() {
    try (StubbedDemo demo = importing(imported(48, 0), imported(0, 48))) {
      new Paperwork(demo.environment).importRoster("C1");
      assertEquals(List.of(), demo.broken());
      assertEquals(
          "text/csv; charset=gb18030", demo.requests(ROSTER).getFirst().required("Content-Type"));
      assertTrue(demo.shown().contains("id_check_digit"), demo.shown());
    }
  }

  @Test
  void aRowJudgedOtherwiseIsReportedByItsLine() {
    ObjectNode wrong = imported(48, 0);
    ((ObjectNode) wrong.path("rows").path(33)).put("outcome", "enrolled").remove("code");
    ((ObjectNode) wrong.path("rows").path(5)).put("normalised", false);
    ((ObjectNode) wrong.path("rows").path(0)).put("outcome", "refused").put("code", "name_empty");
    try (StubbedDemo demo = importing(wrong, imported(48, 0))) {
      new Paperwork(demo.environment).importRoster("C1");
      assertEquals(
          List.of(
              "line 2",
              "line 7",
              "line 35",
              "the same file again changes nothing: enrolled, already, refused"),
          demo.broken());
    }
  }

  @Test
  void approvalTimetableAndOpeningMustHaveTheirEffect() {
    ObjectNode lessons = Json.object();
    StubbedDemo.SAMPLE
        .lessons()
        .forEach(lesson -> lessons.withArray("/lessons").addObject().put("id", lesson.id() + ""));
    try (StubbedDemo demo =
        new StubbedDemo(
            StubbedDemo.route(
                "POST",
                StubbedDemo.CLASS_PATH + "/approval",
                Json.object().put("state", "approved"),
                Json.object().put("state", "filed")),
            StubbedDemo.route(
                "POST", StubbedDemo.CLASS_PATH + "/timetable", lessons, Json.object()),
            StubbedDemo.route(
                "POST",
                StubbedDemo.CLASS_PATH + "/opening",
                Json.object().put("state", "open"),
                Json.object().put("state", "approved")))) {
      Paperwork paperwork = new Paperwork(demo.environment);
      paperwork.approve("C1");
      paperwork.schedule("C1");
      paperwork.open("C1");
      assertEquals(List.of(), demo.broken());
      assertEquals(
          "2026-03-02T08:30:00+08:00",
          demo.bodies(StubbedDemo.CLASS_PATH + "/timetable")
              .getFirst()
              .at("/lessons/0/startsAt")
              .asText());
      paperwork.approve("C1");
      paperwork.schedule("C1");
      paperwork.open("C1");
      assertEquals(3, demo.broken().size());
    }
  }
}
