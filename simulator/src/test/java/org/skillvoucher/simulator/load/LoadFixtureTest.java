package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class LoadFixtureTest {
  private static final String INSTITUTION = "/v1/institutions/91990000MA0000000X";
  private static final ObjectNode FILING = Json.object().put("institution", "91990000MA0000000X");

  private final AtomicInteger invited = new AtomicInteger();
  private final TestGateway gateway =
      new TestGateway(
          TestGateway.Route.ok("POST", "/v1/institutions"),
          TestGateway.Route.ok("POST", INSTITUTION + "/sites"),
          new TestGateway.Route(
              "POST",
              INSTITUTION + "/devices",
              request ->
                  StubReply.json(
                      201,
                      Json.object()
                          .put("device", "D1-" + invited.incrementAndGet())
                          .put("enrolmentCode", "code"))),
          new TestGateway.Route(
              "POST",
              "/v1/enrolments",
              request ->
                  StubReply.json(
                      201,
                      Json.object()
                          .put("token", "of-" + Json.text(Json.read(request.body()), "device")))));

  @AfterEach
  void close() {
    gateway.close();
  }

  private static LoadScenario scenario(String from, String to) throws Exception {
    return LoadFile.read(ScenarioText.read("busy.yaml", LoadFileTest.BUSY.replace(from, to)));
  }

  private LoadFixture fixture(LoadScenario scenario, LoadShare share) {
    return new LoadFixture(gateway.gateway(), scenario, FILING, share);
  }

  @Test
  void sharesDivideTheClassesAndDevices() throws Exception {
    LoadScenario scenario = scenario("count: 4", "count: 5");
    List<Integer> all = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      LoadFixture fixture = fixture(scenario, new LoadShare(number, 2));
      assertEquals(2 * fixture.classNumbers().size(), fixture.deviceCount());
      all.addAll(fixture.classNumbers());
    }
    assertEquals(List.of(0, 2, 4, 1, 3), all);
  }

  @Test
  void devicesServeSeveralClassesWhenThereAreMoreThanOneInstitutionMayHave() throws Exception {
    LoadScenario scenario = scenario("count: 4", "count: 3000");
    assertEquals(900, fixture(scenario, LoadShare.WHOLE).deviceCount());
    assertEquals(300, fixture(scenario, new LoadShare(1, 3)).deviceCount());
  }

  @Test
  void lessonsFollowOneAnotherWithoutBreaks() throws Exception {
    LoadScenario scenario = scenario("", "");
    Instant first = Instant.parse("2026-03-02T00:30:00Z");
    List<Lesson> lessons = LoadFixture.lessons(scenario, first);
    assertEquals(21, lessons.size());
    assertEquals(first, lessons.getFirst().startsAt());
    for (int i = 1; i < lessons.size(); i++) {
      assertEquals(lessons.get(i - 1).endsAt(), lessons.get(i).startsAt());
      assertEquals("L" + (i + 1), lessons.get(i).id().value());
    }
    Lesson later = LoadFixture.later(lessons, Duration.ofDays(-1)).getLast();
    assertEquals(lessons.getLast().endsAt().minus(Duration.ofDays(1)), later.endsAt());
    assertEquals(lessons.getLast().id(), later.id());
  }

  @Test
  void thePeopleFollowFromTheSeedAndEachIsAnother() throws Exception {
    LoadScenario scenario = scenario("", "");
    List<Card> people = LoadFixture.people(scenario);
    assertEquals(4 * 40, people.size());
    assertEquals(
        people.size(), new HashSet<>(people.stream().map(Card::personNumber).toList()).size());
    assertEquals(people, LoadFixture.people(scenario));
    assertFalse(people.equals(LoadFixture.people(scenario.withSeed(6))));
  }

  @Test
  void devicesAreEnrolledAtSitesWithFiftyRoomsEach() throws Exception {
    LoadScenario scenario = scenario("count: 4", "count: 25");
    List<DeviceDesk.Enrolled> devices = fixture(scenario, LoadShare.WHOLE).devices(1);
    assertEquals(51, devices.size());
    devices.forEach(device -> assertEquals("of-" + device.device().name(), device.token()));
    List<JsonNode> sites = gateway.bodies.stream().filter(body -> body.has("rooms")).toList();
    assertEquals(2, sites.size());
    assertEquals(50, sites.getFirst().path("rooms").size());
    assertTrue(
        gateway.requests.contains("POST /v1/institutions"), "it is admitted where it is unknown");
    List<String> rooms =
        gateway.bodies.stream()
            .filter(body -> body.has("roomId"))
            .map(body -> body.path("siteId").asText() + "/" + body.path("roomId").asText())
            .toList();
    assertEquals(51, new HashSet<>(rooms).size(), "one device in each room");
    assertEquals(
        51,
        new HashSet<>(
                gateway.bodies.stream()
                    .filter(body -> body.has("publicKey"))
                    .map(body -> body.path("publicKey").asText())
                    .toList())
            .size());
  }
}
