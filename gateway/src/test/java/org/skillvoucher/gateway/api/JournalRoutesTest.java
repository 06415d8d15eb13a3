package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

class JournalRoutesTest {
  private final World world = new World();

  private static Views.JournalRow row(
      long sequence, String event, Optional<Views.Attendance> attendance) {
    return new Views.JournalRow(
        "class|C1", sequence, event, Instant.parse("2026-03-02T01:00:00.123Z"), attendance);
  }

  private static Optional<Views.Attendance> attendance(Optional<Views.Statement> statement) {
    return Optional.of(new Views.Attendance("AQFW", "p".repeat(43), "D1-AM", "in", statement));
  }

  @Test
  void anAttendanceShowsItsReceiptAndWhichStatementItCameOf() {
    world.views.journal.add(row(1, "class.filed/1", Optional.empty()));
    world.views.journal.add(
        row(2, "class.attended/1", attendance(Optional.of(new Views.Statement("D1-1", 0, 7)))));
    Answer page = Ask.get("/v1/journal").by(Role.AUDITOR).to(world).is(200);
    assertFalse(page.json().at("/items/0").has("attendance"));
    assertEquals("class.filed/1", page.json().at("/items/0/event").asText());
    assertEquals(2, page.json().at("/items/1/sequence").asInt());
    assertEquals("AQFW", page.json().at("/items/1/attendance/receipt").asText());
    assertEquals(7, page.json().at("/items/1/attendance/ctr").asInt());
    assertEquals(0, page.json().at("/items/1/attendance/ep").asInt());
    assertTrue(page.json().path("upToDate").asBoolean());
  }

  @Test
  void whereNoDeviceSignedThereIsNone() {
    world.views.journal.add(row(1, "class.attended/1", attendance(Optional.empty())));
    Answer page = Ask.get("/v1/journal").by(Role.AUDITOR).to(world).is(200);
    assertFalse(page.json().at("/items/0/attendance").has("dev"));
    assertFalse(page.json().at("/items/0/attendance").has("ctr"));
  }

  @Test
  void whatIsAskedForIsHandedOnAndThereAlwaysIsANextPage() {
    world.views.nextCursor = Optional.of("bmV4dA");
    Answer page =
        Ask.get("/v1/journal?limit=1000&cursor=bGFzdA").by(Role.AUDITOR).to(world).is(200);
    assertEquals(Optional.of(new Views.Paging(Optional.of("bGFzdA"), 1000)), world.views.paging);
    assertEquals("bmV4dA", page.json().path("nextCursor").asText());
    assertFalse(page.json().path("upToDate").asBoolean());
  }

  @Test
  void whoWantsOnlyWhatIsToComeBeginsAtTheEnd() {
    world.views.journal.add(row(1, "class.filed/1", Optional.empty()));
    Answer end = Ask.get("/v1/journal?from=end").by(Role.AUDITOR).to(world).is(200);
    assertEquals("ZW5k", end.json().path("nextCursor").asText());
    assertEquals(0, end.json().path("items").size());
    Answer all = Ask.get("/v1/journal?from=beginning").by(Role.AUDITOR).to(world).is(200);
    assertEquals(1, all.json().path("items").size());
    for (String query : new String[] {"from=end&cursor=bGFzdA", "from=middle"}) {
      Ask.get("/v1/journal?" + query).by(Role.AUDITOR).to(world).isProblem(422, "invalid_field");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "10000", "-1", "x"})
  void aPageHasItsBounds(String limit) {
    Ask.get("/v1/journal?limit=" + limit)
        .by(Role.AUDITOR)
        .to(world)
        .isProblem(422, "invalid_field");
  }

  @Test
  void anAuditorOfOneRegionDoesNotSeeTheOthersEvents() {
    Ask.get("/v1/journal").byForeign(Role.AUDITOR).to(world).isProblem(403, "forbidden");
  }
}
