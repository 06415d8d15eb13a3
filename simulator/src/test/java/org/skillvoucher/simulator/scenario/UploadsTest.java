package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** Uploads to a small stand-in that knows counters and nothing else. */
final class UploadsTest {
  private final Map<String, TreeSet<Long>> taken = new HashMap<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final StubServer server =
      StubServer.start(
          0, 10_000_000, new StubServer.Route("POST", "/v1/statement-batches", this::batch));
  private final RetryingHttpClient http = new RetryingHttpClient(time -> {});
  private final Plan plan = plan();
  private final ScenarioEnvironment ground =
      new ScenarioEnvironment(
          plan,
          new GatewayClient(http, new ReadyFile(server.url(), server.url(), "", Map.of()), "test"),
          new DevClock(http, server.url()),
          server.url(),
          new Ledger(plan.taps().size()),
          note -> {});

  private static Plan plan() {
    try {
      return PlanMakerTest.plan(ScenarioFileTest.small());
    } catch (ScenarioInvalid e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private synchronized StubReply batch(StubRequest request) {
    JsonNode items = Json.read(request.body()).path("items");
    sizes.add(items.size());
    ObjectNode answer = Json.object();
    ArrayNode answers = answer.putArray("items");
    for (int i = 0; i < items.size(); i++) {
      JsonNode statement = items.path(i).path("statement");
      String chain =
          statement.path("dev").asText() + statement.path("cls").asText().substring(0, 2);
      TreeSet<Long> known = taken.computeIfAbsent(chain, name -> new TreeSet<>());
      long counter = statement.path("ctr").asLong();
      String outcome =
          known.contains(counter) ? "replayed" : counter == known.size() + 1 ? "attended" : "gap";
      if (outcome.equals("attended")) {
        known.add(counter);
      }
      answers
          .addObject()
          .put("index", i)
          .put("outcome", outcome)
          .put("receipt", chain + counter)
          .put("expected", known.size() + 1L);
    }
    return StubReply.json(200, answer);
  }

  private List<Kiosk> kiosks() {
    List<Kiosk> kiosks = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      DeviceKey key = DeviceKey.of(DeviceSuite.ED25519, "seed" + number);
      kiosks.add(new Kiosk(number, new Device("D" + number, key, 1), "token"));
    }
    List<ClassOnFile> classes =
        List.of(
            new ClassOnFile(0, "C1", List.of()),
            new ClassOnFile(1, "C2", List.of()),
            new ClassOnFile(2, "C3", List.of()));
    DoorScans door = new DoorScans(ground, kiosks, classes);
    plan.taps().forEach(door::state);
    return kiosks;
  }

  private List<Tap> stuck(List<Kiosk> kiosks) {
    return kiosks.stream()
        .flatMap(kiosk -> kiosk.made().stream())
        .filter(tap -> !ground.ledger().of(tap).isSettled())
        .toList();
  }

  @Test
  void everythingIsSettledWhateverTheOrder() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(ground).all(kiosks, tap -> true, 1, 1);
    assertEquals(List.of(), stuck(kiosks));
    assertEquals(plan.taps().size(), taken.values().stream().mapToInt(TreeSet::size).sum());
    assertTrue(sizes.stream().allMatch(size -> size <= 10));
  }

  @Test
  void whatIsBehindAMissingStatementStaysAndItsCounterIsKnown() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(ground).all(kiosks, tap -> tap.delivery() != Delivery.LOST, 1, 1);
    Tap lost =
        plan.taps().stream()
            .filter(tap -> tap.delivery() == Delivery.LOST)
            .findFirst()
            .orElseThrow();
    List<Tap> behind =
        stuck(kiosks).stream().filter(tap -> tap.delivery() != Delivery.LOST).toList();
    assertTrue(!behind.isEmpty());
    for (Tap tap : behind) {
      assertEquals(lost.chain(), tap.chain());
      assertEquals(
          ground.ledger().of(lost).statement().orElseThrow().counter(),
          ground.ledger().of(tap).expected());
    }
  }

  @Test
  void everythingOnceMoreIsSentAsOftenAsAsked() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(ground).again(kiosks, tap -> true, 2);
    assertEquals(2 * plan.taps().size(), sizes.stream().mapToInt(size -> size).sum());
  }

  @Test
  void aLineThatBreaksMidwayDeliversNothing() {
    byte[] body = "{\"items\":[]}".getBytes(UTF_8);
    URI address = URI.create(server.url() + "/v1/statement-batches");
    BrokenConnection.send(new HttpCall("POST", address, Map.of(), body), body.length - 1);
    // A whole request after it is heard: the broken one was not, or it would have been before.
    http.send(new HttpCall("POST", address, Map.of(), body));
    assertEquals(List.of(0), sizes);
  }
}
