package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.load.OfflineSites.OfflineClass;
import org.skillvoucher.simulator.load.OfflineSites.OfflineSite;
import org.skillvoucher.simulator.report.Measured.Work;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

final class OfflineSitesTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T00:30:00Z");

  private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
  private final List<HistoryEntry> history = Collections.synchronizedList(new ArrayList<>());
  private final StubServer server =
      StubServer.start(
          0, 1_000_000, new StubServer.Route("POST", "/v1/statement-batches", this::answer));
  private final RetryingHttpClient http = new RetryingHttpClient(time -> {});
  private final Device device = new Device("D1-1", DeviceKey.of(DeviceSuite.ED25519, "d"), 1);

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  /** The first batch: busy. The second: half of it is taken, and half cannot be verified yet. */
  private StubReply answer(StubRequest request) {
    JsonNode items = Json.read(request.body()).path("items");
    received.add(items);
    if (received.size() == 1) {
      return StubReply.tryAgain(503, "try_again");
    }
    ObjectNode body = Json.object();
    ArrayNode answers = body.putArray("items");
    for (int i = 0; i < items.size(); i++) {
      ObjectNode answer = answers.addObject().put("index", i);
      if (received.size() == 2 && i % 2 == 1) {
        answer.put("outcome", "captured").put("code", "platform_silent");
      } else {
        answer.put("outcome", "attended").put("receipt", "cmVjZWlwdA");
      }
    }
    return StubReply.json(200, body);
  }

  private List<Statement> statements(int count) {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      lessons.add(
          new Lesson(
              new LessonId("L" + i),
              "课",
              LessonKind.PRACTICE,
              MORNING.plus(Duration.ofMinutes(45L * i)),
              MORNING.plus(Duration.ofMinutes(45L * (i + 1)))));
    }
    OfflineClass taught =
        new OfflineClass("C1", MadeUpPeople.make(10, "990000", new SplittableRandom(1)));
    return OfflineSites.statements(device, List.of(taught), lessons, count);
  }

  @Test
  void theStatementsOfADeviceAreOneChain() {
    List<Statement> statements = statements(33);
    assertEquals(33, statements.size());
    for (int i = 0; i < statements.size(); i++) {
      assertEquals(i + 1, statements.get(i).counter());
    }
    assertEquals(40, statements(1_000).size(), "two lessons of ten people, in and out");
  }

  @Test
  void statementsWithoutAFinalOutcomeAreSentAgain() throws Exception {
    List<Statement> statements = statements(20);
    OfflineSites sites =
        new OfflineSites(
            http,
            server.url(),
            List.of(new OfflineSite(0, new DeviceDesk.Enrolled(device, "token"), statements)));
    sites.send(
        0,
        new RunContext(
            new BusinessTime(MORNING, System.nanoTime(), 1),
            new LoadCounters(),
            Duration.ofSeconds(1),
            history::add,
            sentNanos -> {}));
    assertEquals(List.of(20, 20, 10), received.stream().map(JsonNode::size).toList());
    assertEquals(received.get(0), received.get(1));
    Work work = sites.work();
    assertEquals(20, work.planned());
    assertEquals(20, work.accepted());
    assertEquals(0, work.failed());
    assertEquals(1, work.latencies().count());
    assertEquals(1, work.errors().get("try_again"));
    assertEquals(10, work.errors().get("platform_silent"));
    assertEquals(50, history.stream().filter(e -> e.type() == HistoryEntry.Type.INVOKE).count());
    assertEquals(20, history.stream().filter(e -> e.type() == HistoryEntry.Type.OK).count());
    assertTrue(history.stream().noneMatch(e -> e.type() == HistoryEntry.Type.FAIL));
  }

  private OfflineSites sites(String url, List<Statement> statements) {
    return new OfflineSites(
        http,
        url,
        List.of(new OfflineSite(3, new DeviceDesk.Enrolled(device, "token"), statements)));
  }

  private RunContext context() {
    return new RunContext(
        new BusinessTime(MORNING, System.nanoTime(), 1),
        new LoadCounters(),
        Duration.ofSeconds(1),
        history::add,
        sentNanos -> {});
  }

  private StubServer answering(String outcome) {
    return StubServer.start(
        0,
        1_000_000,
        new StubServer.Route(
            "POST",
            "/v1/statement-batches",
            request -> {
              received.add(Json.read(request.body()).path("items"));
              ObjectNode body = Json.object();
              body.putArray("items").addObject().put("index", 0).put("outcome", outcome);
              return StubReply.json(200, body);
            }));
  }

  @ParameterizedTest
  @CsvSource({
    "attended, 1, 0, 0, ok",
    "replayed, 1, 0, 0, ok",
    "repeated, 0, 1, 0, ok",
    "refused,  0, 0, 1, fail",
    "fork,     0, 0, 1, fail"
  })
  void aFinalOutcomeIsCountedOnceAndNotSentAgain(
      String outcome, long accepted, long repeated, long failed, String type) throws Exception {
    try (StubServer other = answering(outcome)) {
      OfflineSites sites = sites(other.url(), statements(1));
      sites.send(0, context());
      Work work = sites.work();
      assertEquals(accepted, work.accepted());
      assertEquals(repeated, work.repeated());
      assertEquals(failed, work.failed());
      assertEquals(1, work.answered());
      assertEquals(1, received.size());
      assertEquals(List.of("invoke", type), history.stream().map(e -> e.type().code()).toList());
      assertEquals(1_000_003, history.getFirst().client());
    }
  }

  @Test
  void aGatewayThatNeverAnswersFailsAllStatementsAfterTheLastAttempt() throws Exception {
    server.close();
    OfflineSites sites = sites(server.url(), statements(2));
    sites.send(0, context());
    Work work = sites.work();
    assertEquals(2, work.failed());
    assertEquals(60L, work.errors().get("broken_off"));
    assertTrue(
        history.stream()
            .allMatch(
                e -> e.type() == HistoryEntry.Type.INVOKE || e.type() == HistoryEntry.Type.INFO));
  }

  @Test
  void aSiteThatHasNotSentIsPlannedAndDropped() {
    Work work = sites(server.url(), statements(5)).work();
    assertEquals(5, work.planned());
    assertEquals(5, work.dropped());
    assertEquals(0, work.sent());
  }
}
