package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.audit.AuditReport;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

class EvidenceRoutesTest {
  private final World world = new World();

  @BeforeEach
  void oneIsParked() {
    world.parked.add("E1");
    world.views.evidence.add(
        new Views.EvidenceRow(
            "E1",
            "C1",
            World.SCHOOL,
            World.REGION,
            "hash",
            "{\"totals\":{\"people\":3}}",
            "parked",
            8,
            Optional.of("status 503"),
            Optional.of("status_503"),
            Optional.of("{\"acknowledgementId\":\"A1\"}")));
  }

  @Test
  void aListHasEverythingButTheContent() {
    Answer page =
        Ask.get("/v1/evidence?classId=C1&state=parked").by(Role.AUDITOR).to(world).is(200);
    assertEquals("A1", page.json().at("/items/0/acknowledgement/acknowledgementId").asText());
    assertEquals("status 503", page.json().at("/items/0/lastError").asText());
    assertEquals("status_503", page.json().at("/items/0/cause").asText());
    assertFalse(page.json().at("/items/0").has("content"));
  }

  @Test
  void aSingleOneHasItsContent() {
    Answer shown = Ask.get("/v1/evidence/E1").by(Role.ISSUING_AUTHORITY).to(world).is(200);
    assertEquals(3, shown.json().at("/content/totals/people").asInt());
  }

  @Test
  void anotherRegionsEvidenceIsNotThere() {
    Ask.get("/v1/evidence/E1")
        .byForeign(Role.ISSUING_AUTHORITY)
        .to(world)
        .isProblem(404, "not_found");
    Ask.get("/v1/evidence/E2").by(Role.AUDITOR).to(world).isProblem(404, "not_found");
    Ask.post("/v1/evidence/E2/retry").by(Role.OPERATOR).to(world).isProblem(404, "not_found");
  }

  @Test
  void parkedEvidenceIsReleasedOnce() {
    assertTrue(
        Ask.post("/v1/evidence/E1/retry")
            .by(Role.OPERATOR)
            .to(world)
            .is(202)
            .json()
            .path("unparked")
            .asBoolean());
    assertFalse(
        Ask.post("/v1/evidence/E1/retry")
            .by(Role.OPERATOR)
            .json("{}")
            .to(world)
            .is(202)
            .json()
            .path("unparked")
            .asBoolean());
  }

  @Test
  void anOperatorReleasesAllOfOneCauseInItsScope() {
    world.parked.add("E2");
    Ask ask = Ask.post("/v1/evidence/retries").json("{\"cause\":\"status_503\"}");
    assertEquals(2, ask.by(Role.OPERATOR).to(world).is(200).json().path("released").asInt());
    assertEquals(List.of("status_503 "), world.causes);
    Ask.post("/v1/evidence/retries")
        .by(Role.OPERATOR)
        .json("{\"cause\":\"503; DROP\"}")
        .to(world)
        .faultsAt("/cause");
  }

  @Test
  void theAuditReportsTheDifferences() {
    world.differences.add(new AuditReport.Difference("class|C1", 7, 6));
    Answer audit = Ask.get("/v1/audit").by(Role.OPERATOR).to(world).is(200);
    assertEquals(Optional.of(new Caller.Scope.Everywhere()), world.audited);
    assertEquals(12, audit.json().path("journalEvents").asInt());
    assertEquals("class|C1", audit.json().at("/differences/0/persistenceId").asText());
  }
}
