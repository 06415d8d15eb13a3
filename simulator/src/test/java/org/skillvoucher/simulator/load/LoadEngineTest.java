package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/** Engine and workers against a server whose answers can be held back. */
final class LoadEngineTest {
  private static final int CLASSES = 4;

  private final TestLoad load = new TestLoad();
  private final BlockingQueue<StubRequest> received = new LinkedBlockingQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final StubServer server =
      StubServer.start(
          0,
          100_000,
          IntStream.range(0, CLASSES)
              .mapToObj(
                  number ->
                      new StubServer.Route(
                          "POST", "/v1/classes/C" + number + "/scans", this::answerLater))
              .toArray(StubServer.Route[]::new));

  @AfterEach
  void close() {
    released.countDown();
    server.close();
  }

  private StubReply answerLater(StubRequest request) {
    received.add(request);
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StubReply.json(
        201,
        Json.object()
            .put("receipt", "cmVjZWlwdA")
            .set("payload", Json.object().put("dh", request.required("Idempotency-Key"))));
  }

  private LoadEngine start(List<Arrival> plan, int connections, int devices, int devicesOfClass) {
    Map<Integer, DeviceSession.Classroom> classes = new HashMap<>();
    for (int number = 0; number < CLASSES; number++) {
      classes.put(number, TestLoad.classroom("C" + number, 0));
    }
    return LoadEngine.start(
        URI.create(server.url()),
        connections,
        plan,
        new LoadEngine.ClassroomDevices(
            classes,
            IntStream.range(0, devices).mapToObj(TestLoad::device).toList(),
            devicesOfClass),
        load.context(System.nanoTime(), 1, Duration.ofMinutes(1)),
        1);
  }

  private static Arrival arrival(int classNumber, int person) {
    return new Arrival(0, classNumber, 0, Act.IN, person, false);
  }

  private StubRequest nextRequest() throws InterruptedException {
    StubRequest request = received.poll(10, TimeUnit.SECONDS);
    assertTrue(request != null, "a request");
    return request;
  }

  private static boolean awaitIdle(LoadEngine engine) {
    return Polling.until(Duration.ofSeconds(10), engine::isIdle, idle -> idle);
  }

  @Test
  void eachClassIsServedByItsOwnDevices() throws Exception {
    released.countDown();
    List<Arrival> plan = new ArrayList<>();
    for (int number = 0; number < CLASSES; number++) {
      for (int person = 0; person < 6; person++) {
        plan.add(arrival(number, person));
      }
    }
    Map<String, Set<String>> devicesOfClass = new HashMap<>();
    try (LoadEngine engine = start(plan, 8, 2 * CLASSES, 2)) {
      assertTrue(awaitIdle(engine));
      for (StubRequest request : received) {
        devicesOfClass
            .computeIfAbsent(request.path(), path -> new HashSet<>())
            .add(TestLoad.members(request.body()).path("dev").asText());
      }
    }
    assertEquals(24, load.counters.read().accepted());
    assertEquals(CLASSES, devicesOfClass.size());
    assertEquals(Set.of("D2-1", "D3-1"), devicesOfClass.get("/v1/classes/C1/scans"));
  }

  @Test
  void aDeviceOfSeveralClassesHasOneChainForEach() throws Exception {
    released.countDown();
    try (LoadEngine engine =
        start(List.of(arrival(0, 0), arrival(2, 0), arrival(0, 1), arrival(2, 1)), 4, 2, 1)) {
      assertTrue(awaitIdle(engine));
    }
    Map<String, List<Long>> counters = new HashMap<>();
    for (StubRequest request : received) {
      assertEquals("D0-1", TestLoad.members(request.body()).path("dev").asText());
      counters
          .computeIfAbsent(request.path(), path -> new ArrayList<>())
          .add(TestLoad.members(request.body()).path("ctr").asLong());
    }
    assertEquals(
        Map.of("/v1/classes/C0/scans", List.of(1L, 2L), "/v1/classes/C2/scans", List.of(1L, 2L)),
        counters);
  }

  @Test
  void statementsBeyondTheConnectionsWaitForAnIdleOne() throws Exception {
    List<Arrival> plan =
        IntStream.range(0, CLASSES).mapToObj(number -> arrival(number, 0)).toList();
    try (LoadEngine engine = start(plan, 1, CLASSES, 1)) {
      assertTrue(nextRequest().path().startsWith("/v1/classes/"));
      assertFalse(engine.isIdle());
      assertEquals(1, load.history.size(), "the others are not invoked yet");
      released.countDown();
      assertTrue(awaitIdle(engine));
    }
    assertEquals(CLASSES, load.counters.read().accepted());
    assertEquals(CLASSES, load.acknowledgedNanos.size());
  }

  @Test
  void arrivalsAreDueAtTheirTimeThoughNoneIsAnswered() throws Exception {
    List<Arrival> plan =
        IntStream.range(0, 20).mapToObj(person -> TestLoad.in(person * 5_000L, person)).toList();
    try (LoadEngine engine = start(plan, 2, CLASSES, 1)) {
      assertTrue(nextRequest().path().endsWith("/scans"));
      long due =
          Polling.until(
              Duration.ofSeconds(10), () -> load.counters.read().due(), count -> count == 20);
      assertEquals(20, due, "open-loop");
      assertEquals(20, load.counters.read().backlog());
      engine.dropQueues();
      released.countDown();
      assertTrue(awaitIdle(engine));
    }
    LoadCounters.Reading reading = load.counters.read();
    assertEquals(1, reading.accepted(), "the statement in flight is completed");
    assertEquals(19, reading.dropped());
    assertEquals(0, reading.backlog());
  }

  @Test
  void stoppedArrivalsAreNeitherDueNorDropped() throws Exception {
    released.countDown();
    try (LoadEngine engine =
        start(List.of(TestLoad.in(0, 0), TestLoad.in(3_600_000_000L, 1)), 2, CLASSES, 1)) {
      assertTrue(nextRequest().path().endsWith("/scans"));
      assertFalse(engine.isIdle(), "an arrival is still planned");
      engine.stopArrivals();
      assertTrue(awaitIdle(engine));
    }
    assertEquals(1, load.counters.read().due());
    assertEquals(0, load.counters.read().dropped());
  }
}
