package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.wire.Json;

/** A correction by two people (更正): the scans stay, and the sheet shows both. */
final class Corrections {
  private final Stage stage;
  private final String path;

  Corrections(Stage stage, String classId) {
    this.stage = stage;
    path = "/v1/classes/" + classId + "/corrections";
  }

  void backFill(String person, Lesson lesson) {
    ObjectNode proposal =
        Json.object()
            .put("person", person)
            .put("lesson", lesson.id().value())
            .put("kind", "back_fill")
            .put("reason", "离开时忘记签退，任课教师证明其在场至下课");
    JsonNode proposed = stage.gateway().act(Role.INSTITUTION, path, proposal);
    String decision = path + "/" + Json.text(proposed, "correctionId") + "/decision";
    JsonNode approval = Json.object().put("decision", "approved").put("reason", "已核对教室监控");
    stage
        .expect()
        .equal(
            "who proposed a correction cannot approve it",
            "403 two_person_required",
            stage.gateway().post(Role.INSTITUTION, decision, approval).verdict());
    stage
        .expect()
        .equal(
            "the authority approves it (更正经两人)",
            "approved",
            stage.gateway().act(Role.ISSUING_AUTHORITY, decision, approval).path("state").asText());
  }
}
