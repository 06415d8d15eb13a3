package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;
import org.skillvoucher.simulator.wire.StubServer.Route;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** A gateway that knows counters, gaps and the clock, and judges nothing else. */
final class CountingGateway implements AutoCloseable {
  final ScenarioEnvironment environment;
  final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  /** Each request's path, in the order of their arrival. */
  final List<String> paths = Collections.synchronizedList(new ArrayList<>());

  /** The number of items of each batch. */
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  /** The counters of each device and class that were taken. */
  final Map<String, TreeSet<Long>> taken = new HashMap<>();

  final List<JsonNode> faults = Collections.synchronizedList(new ArrayList<>());

  /** The highest counter seen of each device and class. */
  private final Map<String, Long> highest = new TreeMap<>();

  private final Set<String> waived = new HashSet<>();
  private final StubServer server;
  private final RetryingHttpClient http = new RetryingHttpClient(time -> {});
  private Instant now = Instant.EPOCH;

  CountingGateway(Plan plan) {
    List<Route> routes =
        new ArrayList<>(
            List.of(
                new Route("POST", "/v1/statement-batches", this::batch),
                new Route("GET", "/v1/beacons", request -> beacon()),
                new Route("GET", "/dev/clock", request -> clock()),
                new Route("POST", "/dev/clock", this::advance),
                new Route(
                    "POST",
                    "/control/faults",
                    request -> {
                      faults.add(Json.read(request.body()));
                      return StubReply.json(200, Json.object());
                    })));
    for (String id : List.of("C1", "C2", "C3")) {
      routes.add(new Route("POST", "/v1/classes/" + id + "/closing", request -> closing(id)));
      routes.add(
          new Route("POST", "/v1/classes/" + id + "/gap-waivers", request -> waive(id, request)));
      routes.add(new Route("POST", "/v1/classes/" + id + "/scans", this::scan));
    }
    server =
        StubServer.start(0, 10_000_000, routes.stream().map(this::noted).toArray(Route[]::new));
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, role.code());
    }
    environment =
        new ScenarioEnvironment(
            plan,
            new GatewayClient(http, new ReadyFile(server.url(), server.url(), "", tokens), "test"),
            new DevClock(http, server.url()),
            server.url(),
            new AnswerLog(plan.taps().size()),
            notes::add);
  }

  /** With the plan of {@link ScenarioFileTest#SMALL}. */
  static CountingGateway small() {
    try {
      return new CountingGateway(PlanMakerTest.plan(ScenarioFileTest.small()));
    } catch (ScenarioInvalid e) {
      throw new AssertionError(e);
    }
  }

  List<Kiosk> kiosks() {
    List<Kiosk> kiosks = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      DeviceKey key = DeviceKey.of(DeviceSuite.ED25519, "seed" + number);
      kiosks.add(new Kiosk(number, new Device("D" + number, key, 1), "token " + number));
    }
    return kiosks;
  }

  static List<ClassOnFile> classes() {
    return List.of(
        new ClassOnFile(0, "C1", List.of()),
        new ClassOnFile(1, "C2", List.of()),
        new ClassOnFile(2, "C3", List.of()));
  }

  private Route noted(Route route) {
    return new Route(
        route.method(),
        route.path(),
        request -> {
          paths.add(request.path());
          return route.handler().apply(request);
        });
  }

  String url() {
    return server.url();
  }

  RetryingHttpClient http() {
    return http;
  }

  synchronized Instant now() {
    return now;
  }

  private synchronized StubReply clock() {
    return StubReply.json(200, Json.object().put("now", now.toString()));
  }

  private synchronized StubReply advance(StubRequest request) {
    now = Instant.parse(Json.text(Json.read(request.body()), "advanceTo"));
    return clock();
  }

  private synchronized StubReply beacon() {
    return StubReply.json(200, Json.object().put("beacon", "b").put("issuedAt", now + ""));
  }

  private static String chain(JsonNode statement) {
    return statement.path("dev").asText() + " in " + statement.path("cls").asText().substring(0, 2);
  }

  private synchronized StubReply batch(StubRequest request) {
    JsonNode items = Json.read(request.body()).path("items");
    batches.add(items.size());
    ObjectNode answer = Json.object();
    ArrayNode answers = answer.putArray("items");
    for (int i = 0; i < items.size(); i++) {
      JsonNode statement = items.path(i).path("statement");
      String chain = chain(statement);
      TreeSet<Long> known = taken.computeIfAbsent(chain, name -> new TreeSet<>());
      long counter = statement.path("ctr").asLong();
      highest.merge(chain, counter, Math::max);
      String outcome =
          known.contains(counter)
              ? "replayed"
              : counter == firstMissing(known) || waived.contains(chain) ? "attended" : "gap";
      if (outcome.equals("attended")) {
        known.add(counter);
      }
      answers
          .addObject()
          .put("index", i)
          .put("outcome", outcome)
          .put("receipt", chain + counter)
          .put("expected", firstMissing(known));
    }
    return StubReply.json(200, answer);
  }

  private static long firstMissing(Set<Long> known) {
    long counter = 1;
    while (known.contains(counter)) {
      counter++;
    }
    return counter;
  }

  private synchronized StubReply scan(StubRequest request) {
    JsonNode statement = Json.read(request.body()).path("statement");
    String receipt = chain(statement) + statement.path("ctr").asLong();
    boolean again =
        !taken
            .computeIfAbsent(chain(statement), name -> new TreeSet<>())
            .add(statement.path("ctr").asLong());
    ObjectNode answer = Json.object().put("receipt", receipt);
    answer.putObject("payload").put("dh", hashOf(new String(request.body(), UTF_8)));
    return StubReply.json(again ? 200 : 201, answer);
  }

  private String hashOf(String body) {
    return environment.plan().taps().stream()
        .flatMap(tap -> environment.answers().of(tap).statement().stream())
        .filter(statement -> statement.json().equals(body))
        .findFirst()
        .orElseThrow()
        .hash();
  }

  /** A class does not close while one of its chains has a gap before its last statement. */
  private synchronized StubReply closing(String id) {
    ObjectNode answer = Json.object().put("state", "closed").put("code", "gaps_open");
    ArrayNode devices = answer.putArray("devices");
    highest.forEach(
        (chain, last) -> {
          TreeSet<Long> known = taken.getOrDefault(chain, new TreeSet<>());
          if (chain.endsWith(id) && !waived.contains(chain) && firstMissing(known) <= last) {
            devices.add(chain.substring(0, chain.indexOf(' ')));
          }
        });
    return StubReply.json(devices.isEmpty() ? 200 : 409, answer);
  }

  private synchronized StubReply waive(String id, StubRequest request) {
    waived.add(Json.text(Json.read(request.body()), "device") + " in " + id);
    return StubReply.json(200, Json.object());
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
