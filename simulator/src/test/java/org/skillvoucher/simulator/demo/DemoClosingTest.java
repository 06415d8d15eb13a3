package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class DemoClosingTest {
  private static final AttendanceRules RULES =
      StubbedDemo.SAMPLE.rulePack("990000/2025-01-01").classRules().attendance();
  private static final Lesson LAST = StubbedDemo.SAMPLE.lessons().getLast();
  private static final String CLOSING = StubbedDemo.CLASS_PATH + "/closing";
  private static final AttendanceSheet PLANNED =
      new AttendancePlan(
              AttendancePlan.Cast.USUAL,
              StubbedDemo.SAMPLE.lessons(),
              StubbedDemo.SAMPLE.trainees().size())
          .sheet(
              IntStream.range(0, StubbedDemo.SAMPLE.trainees().size())
                  .mapToObj(i -> new PersonPseudonym(String.format(Locale.ROOT, "%043d", i)))
                  .toList(),
              RULES);

  private static Route closing(StubReply first, String state, int receipts) {
    return StubbedDemo.route(
        "POST",
        CLOSING,
        first,
        StubReply.json(200, Json.object().put("state", state).put("receipts", receipts)));
  }

  @Test
  void aClassClosesOnceNobodyCanScanOutAnyMore() {
    try (StubbedDemo demo =
        new StubbedDemo(closing(StubReply.problem(409, "class_state", "no"), "closed", 5))) {
      new DemoClosing(demo.environment, "C1").close(LAST, RULES, 5);
      assertEquals(List.of(), demo.broken());
      assertTrue(demo.now().isAfter(LAST.endsAt()));
      assertEquals(
          "evidence", demo.bodies("/control/faults").getFirst().path("operation").asText());
    }
  }

  @Test
  void closingTooEarlyAndOtherReceiptsAreReported() {
    try (StubbedDemo demo =
        new StubbedDemo(closing(StubReply.json(200, Json.object()), "closing", 4))) {
      new DemoClosing(demo.environment, "C1").close(LAST, RULES, 5);
      assertEquals(
          List.of(
              "closing while people may still scan out is refused",
              "the class closes (结班)",
              "receipts the class has given"),
          demo.broken());
    }
  }

  private static ObjectNode sheet() {
    ObjectNode sheet = Json.object().put("minutesPlanned", PLANNED.minutesPlanned());
    var lines = sheet.putArray("lines");
    for (AttendanceSheet.Row row : PLANNED.rows()) {
      lines
          .addObject()
          .put("person", row.person().value())
          .put("lessonsAttended", row.lessonsAttended())
          .put("lessonsIncomplete", row.lessonsIncomplete())
          .put("late", row.late())
          .put("minutesAttended", row.minutesAttended())
          .put("percent", row.percent())
          .put("completed", row.completed());
    }
    return sheet;
  }

  @Test
  void theSheetIsAwaitedAndComparedPersonByPerson() {
    ObjectNode behind = sheet();
    ((ObjectNode) behind.at("/lines/3")).put("minutesAttended", 1);
    try (StubbedDemo demo =
        new StubbedDemo(
            StubbedDemo.route(
                "GET",
                StubbedDemo.CLASS_PATH + "/sheet",
                StubReply.problem(404, "not_found", "not yet"),
                StubReply.json(200, behind),
                StubReply.json(200, sheet())))) {
      new DemoClosing(demo.environment, "C1").checkSheet(PLANNED, StubbedDemo.SAMPLE.trainees());
      assertEquals(List.of(), demo.broken());
      assertEquals(3, demo.requests(StubbedDemo.CLASS_PATH + "/sheet").size());
      assertTrue(demo.shown().contains("others"), demo.shown());
    }
  }

  private static StubbedDemo forwarded(int attempts, int deliveries, String hash, int people) {
    ObjectNode evidence = Json.object();
    ObjectNode item = evidence.putArray("items").addObject();
    item.put("evidenceId", "E1").put("state", "delivered").put("attempts", 3);
    item.put("contentHash", "h").putObject("acknowledgement").put("acknowledgementId", "A1");
    ObjectNode received = Json.object();
    received
        .putArray("items")
        .addObject()
        .put("evidenceId", "E1")
        .put("attempts", attempts)
        .put("deliveries", deliveries)
        .put("acknowledgementId", "A1")
        .put("contentHash", hash);
    ObjectNode content = Json.object();
    content
        .putObject("content")
        .putObject("totals")
        .put("people", people)
        .put("completed", PLANNED.rows().stream().filter(AttendanceSheet.Row::completed).count())
        .put("receipts", 7);
    return new StubbedDemo(
        StubbedDemo.route("GET", "/v1/evidence", evidence),
        StubbedDemo.route("GET", "/v1/evidence/E1", content),
        StubbedDemo.route("GET", "/control/received", received));
  }

  @Test
  void evidenceIsDeliveredOnceAndAcknowledged() {
    try (StubbedDemo demo = forwarded(3, 1, "h", PLANNED.rows().size())) {
      assertEquals(
          new DemoClosing.Evidence("E1", 1, 1),
          new DemoClosing(demo.environment, "C1").forward(PLANNED, 7));
      assertEquals(List.of(), demo.broken());
    }
  }

  @Test
  void evidenceDeliveredTwiceOrWithOtherContentIsReported() {
    try (StubbedDemo demo = forwarded(4, 2, "other", 1)) {
      new DemoClosing(demo.environment, "C1").forward(PLANNED, 7);
      assertEquals(3, demo.broken().size(), demo.broken().toString());
    }
  }

  @Test
  void theAuditIsAwaitedUntilTheReadSideHasCaughtUp() {
    ObjectNode behind = Json.object().put("journalEvents", 9).put("appliedEvents", 8);
    try (StubbedDemo demo =
        new StubbedDemo(
            StubbedDemo.route(
                "GET", "/v1/audit", behind, behind.deepCopy().put("appliedEvents", 9)))) {
      new DemoClosing(demo.environment, "C1").audit();
      assertEquals(List.of(), demo.broken());
      assertEquals(2, demo.requests("/v1/audit").size());
    }
  }
}
