package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer.Route;

/** Lessons against gateways that judge nothing: every refusal that is missing must be reported. */
final class LessonsTest {
  private static final AttendanceRules RULES =
      StubbedDemo.SAMPLE.rulePack("990000/2025-01-01").classRules().attendance();
  private static final String SCANS = StubbedDemo.CLASS_PATH + "/scans";

  private final AtomicInteger receipts = new AtomicInteger();

  private StubReply accept(StubRequest request) {
    int number = receipts.incrementAndGet();
    JsonNode statement = Json.read(request.body()).path("statement");
    var answer = Json.object().put("receipt", "AQ" + number);
    answer
        .putObject("payload")
        .put("id", "R" + number)
        .put("sq", number)
        .put("dev", statement.path("dev").asText());
    return StubReply.json(201, answer);
  }

  private StubbedDemo demo(java.util.function.Function<StubRequest, StubReply> scans) {
    String room = StubbedDemo.CLASS_PATH + "/lessons/D1-PM/room-codes";
    var codes = Json.object();
    codes.putArray("codes").addObject().put("code", "ROOM-1");
    return new StubbedDemo(
        new Route("POST", SCANS, scans),
        new Route("POST", "/v1/classes/C0000000000000000/scans", scans),
        new Route("POST", StubbedDemo.CLASS_PATH + "/sign-ins", scans),
        StubbedDemo.route("GET", room, codes),
        StubbedDemo.route(
            "GET",
            StubbedDemo.CLASS_PATH,
            Json.object().put("approvedAt", "2026-03-01T08:00:00+08:00")));
  }

  private static AttendancePlan plan() {
    return new AttendancePlan(
        AttendancePlan.Cast.USUAL,
        StubbedDemo.SAMPLE.lessons(),
        StubbedDemo.SAMPLE.trainees().size());
  }

  private static Lessons lessons(StubbedDemo demo, DoorDevices door) {
    return new Lessons(demo.environment, door, plan(), RULES, "C1");
  }

  @Test
  void aGatewayThatAcceptsEverythingIsFoundOut() {
    try (StubbedDemo demo = demo(this::accept)) {
      DoorDevices door = new DoorDevices(demo.environment, StubbedDemo.devices(4));
      Lessons lessons = lessons(demo, door);
      for (int lesson = 0; lesson < 4; lesson++) {
        lessons.play(lesson);
      }
      assertEquals(
          Set.of(
              "five minutes before the door opens",
              "the refusal names the time from which on it counts",
              "the same scan again: the first receipt, byte for byte",
              "a second tap under a new key",
              "the same key for another person's scan",
              "the card platform does not answer in time",
              "a person who is not on the roster",
              "a class that does not exist",
              "both are answered alike",
              "a device whose clock lies before the approval",
              "a card reported lost (挂失)",
              "the same code for another person",
              "a code that is older than a minute",
              "another person by the same phone (代签)",
              "a number typed by hand",
              "another person's card for one who is absent (代签)",
              "out without in: the absent one comes for the end"),
          Set.copyOf(demo.broken()));
      assertEquals(2, lessons.replays());
      door.checkCounters(plan().receipts(), lessons.replays());
      assertTrue(demo.broken().contains("distinct receipts (回执)"));
      assertTrue(demo.broken().contains("refusals by code"));
      assertEquals(StubbedDemo.SAMPLE.lessons().getLast().endsAt(), demo.now());
    }
  }

  @Test
  void aGatewayThatRefusesEverythingIsFoundOutByEachScanThatCounts() {
    try (StubbedDemo demo =
        demo(request -> StubReply.problem(403, "card_not_authenticated", "no"))) {
      DoorDevices door = new DoorDevices(demo.environment, StubbedDemo.devices(4));
      lessons(demo, door).play(3);
      long in = plan().onTime(3).size();
      long out = plan().leaving(3).size();
      assertEquals(
          Map.of("a scan that counts", in + out),
          demo.broken().stream()
              .collect(Collectors.groupingBy(what -> what, Collectors.counting())));
      assertEquals(Map.of("card_not_authenticated", (int) (in + out)), door.counters().refused());
    }
  }

  @Test
  void everyWayToSignInIsSentAsSuch() {
    try (StubbedDemo demo = demo(this::accept)) {
      DoorDevices door = new DoorDevices(demo.environment, StubbedDemo.devices(4));
      lessons(demo, door).play(1);
      assertEquals(
          Map.of("personal_code", 3L, "assisted", 1L, "typed_number", 1L),
          demo.bodies(SCANS).stream()
              .map(scan -> scan.path("presented").path("way").asText())
              .filter(way -> !way.equals("physical_card"))
              .collect(Collectors.groupingBy(way -> way, Collectors.counting())));
      List<JsonNode> signIns = demo.bodies(StubbedDemo.CLASS_PATH + "/sign-ins");
      assertEquals(2, signIns.size());
      assertEquals(
          Set.of("ROOM-1"),
          signIns.stream().map(body -> body.path("code").asText()).collect(Collectors.toSet()));
      assertEquals(
          Set.of("phone-1"),
          signIns.stream().map(body -> body.path("phone").asText()).collect(Collectors.toSet()));
      List<String> statuses =
          demo.bodies("/control/cards").stream()
              .map(cards -> cards.path(0).path("status").asText())
              .toList();
      assertEquals(List.of("active", "lost"), statuses);
    }
  }
}
