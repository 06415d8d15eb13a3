package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;

/** What an institution and its authority do before the first lesson. */
final class Paperwork {
  private final DemoEnvironment environment;
  private final Expectations expect;

  Paperwork(DemoEnvironment environment) {
    this.environment = environment;
    expect = environment.expect();
  }

  /** R04: a filing with a part missing is refused, naming the part. */
  void anIncompleteFilingIsRefused() {
    ObjectNode incomplete = environment.sample().filing().deepCopy();
    ((ObjectNode) incomplete.path("plan")).put("teachingPlan", " ");
    HttpAnswer answer = environment.gateway().post(Role.INSTITUTION, "/v1/classes", incomplete);
    expect.equal(
        "a filing without teaching plan (教学计划) is refused, naming it",
        "422 filing_incomplete [\"teachingPlan\"]",
        answer.verdict() + " " + answer.json().path("missingParts"));
  }

  /** Files the class, twice under one key as after a lost answer; returns the class's id. */
  String file() {
    GatewayClient gateway = environment.gateway();
    HttpCall filing =
        gateway.postCall(
            Role.INSTITUTION, "/v1/classes", gateway.newKey(), environment.sample().filing());
    JsonNode filed = GatewayClient.must("filing", gateway.http().send(filing));
    String classId = Json.text(filed, "classId");
    expect.equal("the class is filed (备案)", "filed", filed.path("state").asText(), classId);
    expect.equal(
        "filed again under the same key, it is the same class",
        classId,
        gateway.http().send(filing).json().path("classId").asText());
    return classId;
  }

  void approve(String classId) {
    JsonNode approved =
        environment
            .gateway()
            .act(
                Role.ISSUING_AUTHORITY,
                "/v1/classes/" + classId + "/approval",
                Json.object().put("decision", "approved"));
    expect.equal("the authority approves it (同意开班)", "approved", approved.path("state").asText());
  }

  /** Sends the file as it is, and compares every row's verdict with the demo's own reading. */
  void importRoster(String classId) {
    SampleRoster roster = environment.sample().roster();
    JsonNode imported = importOnce(classId);
    JsonNode rows = imported.path("rows");
    expect.quietly("rows with a verdict", roster.rows().size(), rows.size());
    roster.rows().forEach(row -> checkRow(row, verdict(rows, row.line())));
    int enrolled = roster.enrolled().size();
    int refused = roster.refused().size();
    expect.equal(
        "roster (学员名册, GB18030) of " + roster.rows().size() + " rows: enrolled, refused",
        enrolled + ", " + refused,
        imported.path("enrolled").asInt() + ", " + imported.path("refused").asInt());
    showDirtyRows(roster, rows);
    JsonNode again = importOnce(classId);
    expect.equal(
        "the same file again changes nothing: enrolled, already, refused",
        "0, " + enrolled + ", " + refused,
        again.path("enrolled").asInt()
            + ", "
            + again.path("alreadyEnrolled").asInt()
            + ", "
            + again.path("refused").asInt());
  }

  private JsonNode importOnce(String classId) {
    return GatewayClient.must(
        "the roster",
        environment
            .gateway()
            .postCsv(
                Role.INSTITUTION,
                "/v1/classes/" + classId + "/roster",
                environment.sample().rosterBytes(),
                "gb18030"));
  }

  private static JsonNode verdict(JsonNode rows, long line) {
    return rows.valueStream()
        .filter(row -> row.path("line").asLong() == line)
        .findFirst()
        .orElseGet(Json::object);
  }

  private void checkRow(SampleRoster.Row row, JsonNode verdict) {
    String what = "line " + row.line();
    if (row.refusal().isPresent()) {
      expect.quietly(
          what,
          "refused " + row.refusal().get(),
          verdict.path("outcome").asText() + " " + verdict.path("code").asText());
    } else {
      expect.quietly(
          what,
          "enrolled" + (row.normalised() ? " normalised" : ""),
          verdict.path("outcome").asText()
              + (verdict.path("normalised").asBoolean() ? " normalised" : ""));
    }
  }

  private void showDirtyRows(SampleRoster roster, JsonNode rows) {
    Table table = new Table("line", "outcome", "why");
    for (SampleRoster.Row row : roster.rows()) {
      JsonNode verdict = verdict(rows, row.line());
      if (row.refusal().isPresent() || row.normalised() || isBeyondBasicPlane(row.name())) {
        table.row(row.line(), verdict.path("outcome").asText("?"), why(row, verdict));
      }
    }
    environment.screen().lines(table.lines());
  }

  private static String why(SampleRoster.Row row, JsonNode verdict) {
    return Optional.of(verdict.path("code").asText())
        .filter(code -> !code.isEmpty())
        .or(() -> row.normalised() ? Optional.of("number normalised (全角、小写x)") : Optional.empty())
        .orElse("name with a character beyond the basic plane (生僻字)");
  }

  private static boolean isBeyondBasicPlane(String name) {
    return name.codePoints().anyMatch(Character::isSupplementaryCodePoint);
  }

  void schedule(String classId) {
    List<Lesson> lessons = environment.sample().lessons();
    ArrayNode sent = Json.array();
    for (Lesson lesson : lessons) {
      sent.addObject()
          .put("lessonId", lesson.id().value())
          .put("title", lesson.title())
          .put("kind", lesson.kind().name().toLowerCase(Locale.ROOT))
          .put("startsAt", TimetableFile.text(lesson.startsAt()))
          .put("endsAt", TimetableFile.text(lesson.endsAt()));
    }
    JsonNode scheduled =
        environment
            .gateway()
            .act(
                Role.INSTITUTION,
                "/v1/classes/" + classId + "/timetable",
                Json.object().set("lessons", sent));
    expect.equal(
        "timetable (课程表) from " + environment.sample().dayOne() + ": lessons",
        lessons.size(),
        scheduled.path("lessons").size());
  }

  void open(String classId) {
    JsonNode opened =
        environment
            .gateway()
            .act(Role.INSTITUTION, "/v1/classes/" + classId + "/opening", Json.object());
    expect.equal("the class opens (开班)", "open", opened.path("state").asText());
  }
}
