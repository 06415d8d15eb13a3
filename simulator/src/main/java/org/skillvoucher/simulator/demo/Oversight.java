package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.wire.Json;

/**
 * What people add to the scans: a correction by two, a decision on a flag; and what they take home.
 */
final class Oversight {
  private static final Duration FOLLOWS_MAX = Duration.ofSeconds(30);

  private final DemoEnvironment environment;
  private final String path;
  private final String classId;

  Oversight(DemoEnvironment environment, String classId) {
    this.environment = environment;
    this.classId = classId;
    path = "/v1/classes/" + classId;
  }

  /** 更正: the scans stay, and the sheet shows both. */
  void backFill(String person, Lesson lesson) {
    ObjectNode proposal =
        Json.object()
            .put("person", person)
            .put("lesson", lesson.id().value())
            .put("kind", "back_fill")
            .put("reason", "离开时忘记签退，任课教师证明其在场至下课");
    JsonNode proposed =
        environment.gateway().act(Role.INSTITUTION, path + "/corrections", proposal);
    String decision = path + "/corrections/" + Json.text(proposed, "correctionId") + "/decision";
    JsonNode approval = Json.object().put("decision", "approved").put("reason", "已核对教室监控");
    environment
        .expect()
        .equal(
            "who proposed a correction (更正) cannot approve it",
            "403 two_person_required",
            environment.gateway().post(Role.INSTITUTION, decision, approval).verdict());
    environment
        .expect()
        .equal(
            "the authority approves it",
            "approved",
            environment
                .gateway()
                .act(Role.ISSUING_AUTHORITY, decision, approval)
                .path("state")
                .asText());
  }

  /** 预警: a lesson without a teacher is detected outside the scan path, and a person decides. */
  void theLessonWithoutATeacherIsFlagged(Lesson lesson) {
    JsonNode flags =
        Polling.until(
            FOLLOWS_MAX,
            () ->
                environment
                    .gateway()
                    .read(
                        Role.ISSUING_AUTHORITY, "/v1/flags?kind=teacher_absent&classId=" + classId),
            found -> !found.path("items").isEmpty());
    JsonNode flag = flags.path("items").path(0);
    environment
        .expect()
        .equal(
            "a lesson without its teacher is flagged (预警): lesson, state",
            lesson.id() + ", open",
            flag.path("lesson").asText() + ", " + flag.path("state").asText());
    environment.screen().line("facts: " + flag.path("facts"));
    JsonNode decided =
        environment
            .gateway()
            .act(
                Role.ISSUING_AUTHORITY,
                path + "/flags/" + Json.text(flag, "flagId") + "/decision",
                Json.object().put("decision", "confirmed").put("reason", "教师当日请假，由助教代课"));
    environment
        .expect()
        .equal("a person looks at it and decides", "confirmed", decided.path("state").asText());
  }

  /** 导出: the files that a bureau opens. */
  void takeHome() {
    HttpAnswer csv = export("text/csv");
    boolean marked = new String(csv.body(), StandardCharsets.UTF_8).startsWith("\uFEFF");
    environment
        .expect()
        .equal("the sheet as CSV, with its byte order mark", true, csv.isSuccess() && marked);
    HttpAnswer xlsx = export("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    boolean zipped = xlsx.body().length > 1 && xlsx.body()[0] == 'P' && xlsx.body()[1] == 'K';
    environment
        .expect()
        .equal(
            "the sheet as XLSX", true, xlsx.isSuccess() && zipped, xlsx.body().length + " bytes");
  }

  private HttpAnswer export(String type) {
    GatewayClient gateway = environment.gateway();
    return gateway
        .http()
        .send(gateway.getCall(Role.ISSUING_AUTHORITY, path + "/sheet").with("Accept", type));
  }
}
