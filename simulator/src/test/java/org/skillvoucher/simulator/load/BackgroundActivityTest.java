package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.load.LoadScenario.Beside;
import org.skillvoucher.simulator.load.LoadScenario.Offline;
import org.skillvoucher.simulator.load.LoadScenario.Outage;
import org.skillvoucher.simulator.load.LoadScenario.SlowPlatform;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;

final class BackgroundActivityTest {
  private static final Beside NOTHING =
      new Beside(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final TestLoad load = new TestLoad();
  private final TestGateway gateway =
      new TestGateway(
          TestGateway.Route.ok("POST", "/control/faults"),
          TestGateway.Route.ok("POST", "/v1/classes/C1/closing"),
          TestGateway.Route.ok("POST", "/v1/classes/C2/closing"),
          new TestGateway.Route("POST", "/v1/statement-batches", request -> attended()));

  @AfterEach
  void close() {
    gateway.close();
  }

  private static StubReply attended() {
    ObjectNode body = Json.object();
    body.putArray("items").addObject().put("index", 0).put("outcome", "attended");
    return StubReply.json(200, body);
  }

  /** Runs it to its end, in a load that started so long ago. */
  private void run(Beside beside, OfflineSites offline, List<String> closings, Duration ago) {
    RunContext context = load.context(System.nanoTime() - ago.toNanos(), 1, Duration.ofSeconds(1));
    try (BackgroundActivity background =
        new BackgroundActivity(
            beside, gateway, offline, new ClassClosings(gateway.gateway(), closings))) {
      background.start(context, Duration.ofMillis(300));
    }
  }

  private OfflineSites noSites() {
    return new OfflineSites(gateway.http(), gateway.url(), List.of());
  }

  @Test
  void withoutAnythingPlannedNothingIsSent() {
    run(NOTHING, noSites(), List.of(), Duration.ZERO);
    assertEquals(List.of(), gateway.requests);
  }

  @Test
  void aSlowPlatformIsSetFromTheStartOn() {
    run(
        new Beside(
            Optional.empty(),
            Optional.of(new SlowPlatform(Duration.ofMillis(1_500), 20)),
            Optional.empty(),
            Optional.empty()),
        noSites(),
        List.of(),
        Duration.ZERO);
    JsonNode fault = gateway.bodies.getFirst();
    assertEquals(
        Json.object()
            .put("operation", "verifyCard")
            .put("mode", "slow")
            .put("millis", 1_500)
            .put("percent", 20),
        fault);
  }

  @Test
  void aDownstreamOutageBeginsAtItsTime() {
    long before = System.nanoTime();
    run(
        new Beside(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Outage(Duration.ofMillis(200), Duration.ofSeconds(7), 0)),
            Optional.empty()),
        noSites(),
        List.of(),
        Duration.ZERO);
    assertTrue(System.nanoTime() - before >= 200_000_000);
    JsonNode fault = gateway.bodies.getFirst();
    assertEquals("evidence", fault.path("operation").asText());
    assertEquals("down", fault.path("mode").asText());
    assertEquals(7_000, fault.path("millis").asLong());
  }

  @Test
  void whatIsDueAlreadyHappensAtOnce() {
    run(NOTHING, noSites(), List.of("C1", "C2"), Duration.ofHours(1));
    assertEquals(2, gateway.requests.size());
  }

  @Test
  void closingsAreSpreadEvenlyOverTheLoad() {
    long before = System.nanoTime();
    run(NOTHING, noSites(), List.of("C1", "C2"), Duration.ZERO);
    assertTrue(System.nanoTime() - before >= 200_000_000, "the second of two at two thirds");
    assertEquals(
        List.of("POST /v1/classes/C1/closing", "POST /v1/classes/C2/closing"), gateway.requests);
  }

  @Test
  void eachOfflineSiteSendsItsBatch() {
    List<OfflineSites.OfflineSite> sites = List.of(site(0), site(1)).stream().toList();
    run(
        new Beside(
            Optional.of(new Offline(2, 1, Duration.ZERO)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new OfflineSites(gateway.http(), gateway.url(), sites),
        List.of(),
        Duration.ZERO);
    assertEquals(
        List.of("POST /v1/statement-batches", "POST /v1/statement-batches"), gateway.requests);
    assertEquals(2, load.entries(org.skillvoucher.simulator.history.HistoryEntry.Type.OK));
  }

  private static OfflineSites.OfflineSite site(int number) {
    DeviceDesk.Enrolled enrolled = TestLoad.device(number);
    Statement statement =
        enrolled
            .device()
            .sign(
                new Device.Tap(
                    "C1",
                    "L1",
                    Act.IN,
                    Presented.card(TestLoad.PEOPLE.getFirst(), Presented.Salt.of(1, number)),
                    TestLoad.START));
    return new OfflineSites.OfflineSite(number, enrolled, List.of(statement));
  }
}
