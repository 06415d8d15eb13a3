package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.gateway.forward.StubDownstream.Reply;
import org.skillvoucher.gateway.forward.StubDownstream.Request;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryRoundTest {
  private static final Instant NOW = OutboxFixture.NOW;
  private static final String HASH = OutboxFixture.HASH;

  private final OutboxFixture fixture = new OutboxFixture();

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.execute("TRUNCATE evidence");
  }

  private static ForwardSchedule schedule(Duration min, Duration max) {
    return new ForwardSchedule(min, max, 5, Duration.ofDays(1), Duration.ofMillis(5));
  }

  @Test
  void whatIsAcceptedIsDeliveredOnceWithItsAcknowledgementAsAnswered() {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> OutboxFixture.accept(request))) {
      assertEquals(1, fixture.round(stub));
      fixture.makeDue();
      assertEquals(0, fixture.round(stub));
      assertEquals(1, stub.requests().size());
    }
    assertEquals("delivered", fixture.one("state"));
    assertEquals(StubDownstream.acknowledgement("E-C1", HASH), fixture.one("acknowledgement"));
    assertEquals("1 null", fixture.one("attempts || ' ' || coalesce(last_error, 'null')"));
  }

  @Test
  void theRequestIsASignedCloudEvent() throws Exception {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> OutboxFixture.accept(request))) {
      fixture.round(stub);
      Request request = stub.requests().getFirst();
      assertEquals("/api/evidence", request.path());
      assertEquals("application/cloudevents+json", request.headers().get("Content-Type"));
      assertEquals("E-C1", request.headers().get("Idempotency-Key"));
      assertEquals("E-C1", request.headers().get("webhook-id"));
      assertEquals("1777622400", request.headers().get("webhook-timestamp"));
      assertTrue(
          new StandardWebhooksReceiver(OutboxFixture.SECRET)
              .verifies(request.headers(), request.body(), NOW));
      var event = JsonMapper.builder().build().readTree(request.body());
      assertEquals("1.0", event.get("specversion").textValue());
      assertEquals("org.skillvoucher.evidence.attendance.v1", event.get("type").textValue());
      assertEquals("https://gateway.example", event.get("source").textValue());
      assertEquals("E-C1", event.get("id").textValue());
      assertEquals("2026-04-30T10:00:00Z", event.get("time").textValue());
      assertEquals("application/json", event.get("datacontenttype").textValue());
      assertTrue(
          request.body().endsWith("\"data\":" + OutboxFixture.CONTENT + "}"),
          "the content unchanged");
    }
  }

  @Test
  void twoFailuresAndThenSuccessDeliverOnce() {
    fixture.evidence(1);
    try (var stub =
        new StubDownstream(
            (request, n) -> n <= 2 ? new Reply(503, "busy") : OutboxFixture.accept(request))) {
      fixture.round(stub);
      assertEquals("pending status 503", fixture.one("state || ' ' || last_error"));
      fixture.makeDue();
      fixture.round(stub);
      fixture.makeDue();
      fixture.round(stub);
      assertEquals(3, stub.requests().size());
      assertEquals(
          1,
          stub.requests().stream()
              .map(request -> request.headers().get("Idempotency-Key") + request.body())
              .distinct()
              .count(),
          "every attempt is the same request");
    }
    assertEquals("delivered 3", fixture.one("state || ' ' || attempts"));
  }

  @Test
  void afterAFailureItWaitsForItsPause() {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(500, ""))) {
      ForwardSettings patient =
          new ForwardSettings(
              stub.url(),
              "s",
              "",
              Duration.ofSeconds(1),
              schedule(Duration.ofHours(1), Duration.ofHours(2)),
              Duration.ofSeconds(1),
              10);
      assertEquals(1, fixture.round(stub, patient));
      assertEquals(0, fixture.round(stub, patient));
      assertEquals("true", fixture.one("(next_attempt_at > now() + interval '29 minutes')::text"));
    }
  }

  @Test
  void whatAlwaysFailsIsParkedWithItsReasonAndLeftAlone() {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(422, "x".repeat(100_000)))) {
      for (int n = 0; n < 5; n++) {
        fixture.makeDue();
        fixture.round(stub, OutboxFixture.settings(stub, 3));
      }
      assertEquals(3, stub.requests().size());
    }
    assertEquals("parked 3 status 422", fixture.one("concat_ws(' ', state, attempts, last_error)"));
  }

  @Test
  void aCrashBetweenSendingAndKeepingSendsAgainUnderTheSameKey() throws Exception {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> OutboxFixture.accept(request))) {
      ForwardSettings settings = OutboxFixture.settings(stub, 5);
      try (Downstream downstream = new Downstream(settings, "issuer", InstantSource.fixed(NOW))) {
        var outgoing = new Outbox(fixture.pool).claim(1, Duration.ofSeconds(30)).getFirst();
        assertTrue(downstream.send(outgoing) instanceof Downstream.Outcome.Acknowledged, "taken");
      } // the crash
      assertEquals(0, fixture.round(stub), "not before the lease is over");
      fixture.makeDue();
      assertEquals(1, fixture.round(stub));
      assertEquals(
          List.of("E-C1", "E-C1"),
          stub.requests().stream().map(r -> r.headers().get("Idempotency-Key")).toList());
    }
    assertEquals("delivered 2", fixture.one("state || ' ' || attempts"));
  }

  @Test
  void aLateFailureNeverUndoesADelivery() throws SQLException {
    fixture.evidence(1);
    Outbox outbox = new Outbox(fixture.pool);
    var slow = outbox.claim(1, Duration.ofSeconds(30)).getFirst();
    fixture.makeDue();
    var next = outbox.claim(1, Duration.ofSeconds(30)).getFirst();
    Failure late = Failure.of("timeout", "late");
    assertFalse(outbox.failed(slow, late, true, Duration.ZERO), "it may not park it either");
    assertEquals("pending", fixture.one("state"));
    assertTrue(outbox.delivered(next, "{}"));
    assertFalse(outbox.failed(next, late, true, Duration.ZERO));
    assertFalse(outbox.delivered(slow, "{\"other\":true}"), "the first acknowledgement stays");
    assertEquals("delivered {}", fixture.one("state || ' ' || acknowledgement"));
  }

  @Test
  void twoWorkersNeverHoldTheSameEvidence() throws Exception {
    fixture.evidence(100);
    Outbox outbox = new Outbox(fixture.pool);
    List<java.util.concurrent.Future<List<OutboxMessage>>> claims =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(n -> fixture.threads.submit(() -> outbox.claim(7, Duration.ofMinutes(1))))
            .toList();
    int held = 0;
    var ids = new java.util.HashSet<String>();
    for (var claim : claims) {
      for (OutboxMessage outgoing : claim.get()) {
        held++;
        ids.add(outgoing.evidenceId());
      }
    }
    assertEquals(held, ids.size());
  }

  @Test
  void noTransactionIsOpenWhileARequestIsUnderWay() {
    fixture.evidence(3);
    Map<String, Integer> active = new java.util.concurrent.ConcurrentHashMap<>();
    try (var stub =
        new StubDownstream(
            (request, n) -> {
              active.put(request.body(), fixture.pool.getHikariPoolMXBean().getActiveConnections());
              return OutboxFixture.accept(request);
            })) {
      ForwardSettings one =
          new ForwardSettings(
              stub.url(),
              "s",
              "",
              Duration.ofSeconds(1),
              schedule(Duration.ofMillis(1), Duration.ofMillis(1)),
              Duration.ofMillis(1),
              1);
      for (int n = 0; n < 3; n++) {
        fixture.round(stub, one);
      }
    }
    assertEquals(List.of(0, 0, 0), List.copyOf(active.values()));
  }

  @Test
  void aRoundSendsABatchSideBySide() throws Exception {
    fixture.evidence(10);
    CountDownLatch together = new CountDownLatch(10);
    try (var stub =
        new StubDownstream(
            (request, n) -> {
              together.countDown();
              OutboxFixture.awaitQuietly(together);
              return OutboxFixture.accept(request);
            })) {
      assertEquals(10, fixture.round(stub));
    }
    assertEquals("10", fixture.one("count(*) FILTER (WHERE state = 'delivered')"));
  }

  @Test
  void theWorkerPollsUntilAllIsDelivered() {
    var kit = org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit.create();
    try (var stub =
        new StubDownstream(
            (request, n) -> n % 3 == 0 ? OutboxFixture.accept(request) : new Reply(503, ""))) {
      ForwardSettings settings = OutboxFixture.settings(stub, 100);
      kit.spawn(Forwarder.worker(fixture.pool, settings, "issuer"));
      fixture.evidence(25);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!fixture.one("count(*) FILTER (WHERE state = 'delivered')").equals("25")
          && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertEquals("25", fixture.one("count(*) FILTER (WHERE state = 'delivered')"));
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void nothingPersonalAndNoSecretIsLoggedOrPrinted() {
    String printed =
        Arrays.asList(
                new ForwardSettings(
                    java.net.URI.create("http://localhost"),
                    "top secret",
                    "older secret",
                    Duration.ofSeconds(1),
                    schedule(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    Duration.ofSeconds(1),
                    1),
                new WebhookSignature("top secret", "older secret"))
            .toString();
    assertFalse(printed.contains(" secret"), printed);
  }
}
