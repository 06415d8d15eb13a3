package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class OversightTest {
  private static final Lesson LESSON = StubbedDemo.SAMPLE.lessons().getLast();
  private static final String CORRECTIONS = StubbedDemo.CLASS_PATH + "/corrections";
  private static final String DECISION = CORRECTIONS + "/K1/decision";

  private static StubbedDemo corrections(Route decision) {
    return new StubbedDemo(
        StubbedDemo.route("POST", CORRECTIONS, Json.object().put("correctionId", "K1")), decision);
  }

  private static StubReply byTheAuthorityOnly(StubRequest request) {
    return request.required("Authorization").equals("Bearer issuing_authority")
        ? StubReply.json(200, Json.object().put("state", "approved"))
        : StubReply.problem(403, "two_person_required", "no");
  }

  @Test
  void aCorrectionIsProposedByOneAndApprovedByAnother() {
    try (StubbedDemo demo =
        corrections(new Route("POST", DECISION, OversightTest::byTheAuthorityOnly))) {
      new Oversight(demo.environment, "C1").backFill("p".repeat(43), LESSON);
      assertEquals(List.of(), demo.broken());
      JsonNode proposal = demo.bodies(CORRECTIONS).getFirst();
      assertEquals("back_fill", proposal.path("kind").asText());
      assertEquals(LESSON.id().value(), proposal.path("lesson").asText());
      assertEquals("p".repeat(43), proposal.path("person").asText());
    }
  }

  @Test
  void aGatewayThatLetsTheProposerApproveIsReported() {
    try (StubbedDemo demo =
        corrections(StubbedDemo.route("POST", DECISION, Json.object().put("state", "approved")))) {
      new Oversight(demo.environment, "C1").backFill("p".repeat(43), LESSON);
      assertEquals(List.of("who proposed a correction (更正) cannot approve it"), demo.broken());
    }
  }

  @Test
  void aGatewayThatLetsNobodyApproveEndsTheDemo() {
    try (StubbedDemo demo =
        corrections(
            StubbedDemo.route("POST", DECISION, StubReply.problem(403, "forbidden", "no")))) {
      Oversight oversight = new Oversight(demo.environment, "C1");
      assertThrows(UnexpectedAnswer.class, () -> oversight.backFill("p".repeat(43), LESSON));
    }
  }

  private static StubbedDemo flags(String lesson, String decided) {
    var none = Json.object();
    none.putArray("items");
    var one = Json.object();
    one.putArray("items")
        .addObject()
        .put("flagId", "F1")
        .put("lesson", lesson)
        .put("state", "open");
    return new StubbedDemo(
        StubbedDemo.route("GET", "/v1/flags", none, one),
        StubbedDemo.route(
            "POST",
            StubbedDemo.CLASS_PATH + "/flags/F1/decision",
            Json.object().put("state", decided)));
  }

  @Test
  void aFlagIsAwaitedAndConfirmed() {
    try (StubbedDemo demo = flags(LESSON.id().value(), "confirmed")) {
      new Oversight(demo.environment, "C1").theLessonWithoutATeacherIsFlagged(LESSON);
      assertEquals(List.of(), demo.broken());
      assertEquals(2, demo.requests("/v1/flags").size());
    }
  }

  @Test
  void aFlagOnAnotherLessonAndADecisionWithoutEffectAreReported() {
    try (StubbedDemo demo = flags("D1-AM", "open")) {
      new Oversight(demo.environment, "C1").theLessonWithoutATeacherIsFlagged(LESSON);
      assertEquals(2, demo.broken().size(), demo.broken().toString());
    }
  }

  private static StubbedDemo sheets(String csv, String xlsx) {
    return new StubbedDemo(
        new Route(
            "GET",
            StubbedDemo.CLASS_PATH + "/sheet",
            request ->
                new StubReply(
                    200,
                    Map.of(),
                    (request.required("Accept").equals("text/csv") ? csv : xlsx).getBytes(UTF_8))));
  }

  @Test
  void theSheetIsExportedAsCsvWithByteOrderMarkAndAsXlsx() {
    try (StubbedDemo demo = sheets("\uFEFF姓名\n", "PK...")) {
      new Oversight(demo.environment, "C1").takeHome();
      assertEquals(List.of(), demo.broken());
    }
    try (StubbedDemo demo = sheets("姓名\n", "{}")) {
      new Oversight(demo.environment, "C1").takeHome();
      assertEquals(
          List.of("the sheet as CSV, with its byte order mark", "the sheet as XLSX"),
          demo.broken());
    }
  }
}
