package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultRecord;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Work;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/** Whole runs against a local server that answers as each test needs; each takes two seconds. */
final class LoadRunnerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestLoad load = new TestLoad();
  private final List<StubRequest> received = Collections.synchronizedList(new ArrayList<>());
  private volatile BiFunction<StubRequest, Integer, StubReply> gateway =
      (request, nth) -> accepted(request);
  private final StubServer server =
      StubServer.start(
          0,
          100_000,
          new StubServer.Route("POST", "/v1/classes/C0/scans", this::answer),
          new StubServer.Route("POST", "/v1/classes/C1/scans", this::answer));

  @AfterEach
  void close() {
    server.close();
  }

  private StubReply answer(StubRequest request) {
    int nth;
    synchronized (received) {
      received.add(request);
      nth = received.size();
    }
    return gateway.apply(request, nth);
  }

  private static StubReply accepted(StubRequest request) {
    String hash = request.required("Idempotency-Key");
    return StubReply.json(
        201,
        Json.object()
            .put("receipt", "cmVjZWlwdC0" + hash.substring(0, 8))
            .set("payload", Json.object().put("dh", hash)));
  }

  /** Arrivals at two classes in turn, 2 ms apart. */
  private static List<Arrival> arrivals(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Arrival(i * 2_000L, i % 2, 0, Act.IN, i / 2, false))
        .toList();
  }

  private static List<Arrival> arrivalsOfOneClass(int count) {
    return IntStream.range(0, count)
        .mapToObj(person -> TestLoad.in(person * 1_000L, person))
        .toList();
  }

  private LoadRunner.RunSettings settings(Duration patience) {
    return new LoadRunner.RunSettings(
        URI.create(server.url()),
        new LoadEngine.ClassroomDevices(
            Map.of(0, TestLoad.classroom("C0", 500), 1, TestLoad.classroom("C1", 500)),
            List.of(TestLoad.device(0), TestLoad.device(1)),
            1),
        4,
        1,
        TestLoad.START,
        60,
        List.of(),
        patience);
  }

  private LoadRunner.Observers observers(FaultInjection faults, LoadRunner.SecondObserver seconds) {
    return new LoadRunner.Observers(load.history::add, faults, context -> {}, seconds);
  }

  private LoadRunner run(List<Arrival> plan, LoadRunner.RunLength length, Duration patience)
      throws InterruptedException {
    LoadRunner runner = new LoadRunner(plan, length);
    assertTrue(
        runner.run(settings(patience), observers(FaultInjection.none(), second -> true)),
        "completed");
    return runner;
  }

  private Work work(List<Arrival> plan, Duration patience) throws InterruptedException {
    LoadRunner runner =
        run(plan, new LoadRunner.RunLength(Duration.ZERO, SECOND, SECOND), patience);
    assertEquals(
        runner.seconds().stream().mapToLong(Second::accepted).sum(), runner.work().accepted());
    return runner.work();
  }

  @Test
  void eachArrivalIsAcceptedAndRecordedAndEachDeviceUsesItsCountersInTurn() throws Exception {
    Work work = work(arrivals(80), PATIENCE);
    assertEquals(80, work.planned());
    assertEquals(80, work.sent());
    assertEquals(80, work.accepted());
    assertEquals(0, work.failed());
    assertEquals(80, work.latencies().count());
    assertEquals(80, load.entries(HistoryEntry.Type.INVOKE));
    assertEquals(80, load.entries(HistoryEntry.Type.OK));
    assertEquals(80, load.history.stream().map(HistoryEntry::idem).distinct().count());
    Map<String, Long> last = new HashMap<>();
    for (StubRequest request : List.copyOf(received)) {
      JsonNode members = TestLoad.members(request.body());
      String device = members.path("dev").asText();
      assertEquals(last.getOrDefault(device, 0L) + 1, members.path("ctr").asLong());
      last.put(device, members.path("ctr").asLong());
    }
    assertEquals(Map.of("D0-1", 40L, "D1-1", 40L), last);
    assertNoPersonalData(load.history.toString() + arrivals(80));
  }

  private static void assertNoPersonalData(String text) {
    for (Card card : TestLoad.PEOPLE) {
      assertFalse(text.contains(card.personNumber()) || text.contains(card.name()));
    }
  }

  @Test
  void a503IsSentAgainByteForByteAndFailsOnce() throws Exception {
    gateway =
        (request, nth) ->
            nth <= 2 ? StubReply.problem(503, "try_again", "later") : accepted(request);
    Work work = work(arrivalsOfOneClass(1), PATIENCE);
    assertEquals(1, work.accepted());
    assertEquals(1, work.failed());
    assertEquals(Map.of("try_again_without_retry_after", 2L), work.errors());
    assertEquals(3, received.size());
    assertEquals(
        1, received.stream().map(request -> new String(request.body(), UTF_8)).distinct().count());
    assertEquals(
        List.of("invoke", "info", "invoke", "info", "invoke", "ok"),
        load.history.stream().map(entry -> entry.type().code()).toList());
  }

  @Test
  void latencyCountsFromTheScheduledArrivalAndAnArrivalBeyondThePatienceIsDropped()
      throws Exception {
    gateway =
        (request, nth) -> {
          if (nth == 1) {
            server.hang(600);
          }
          return accepted(request);
        };
    Work work = work(arrivalsOfOneClass(3), Duration.ofMillis(200));
    assertEquals(3, work.planned());
    assertEquals(1, work.accepted());
    assertEquals(2, work.dropped());
    assertTrue(work.latencies().millisAt(100) >= 500, "free of coordinated omission");
  }

  @Test
  void theWarmUpIsInTheSecondsAndNotInTheWork() throws Exception {
    LoadRunner runner =
        run(arrivals(80), new LoadRunner.RunLength(SECOND, SECOND, SECOND), PATIENCE);
    long accepted = runner.seconds().stream().mapToLong(Second::accepted).sum();
    long first = runner.seconds().getFirst().accepted();
    assertEquals(80, accepted);
    assertEquals(80, runner.seconds().getFirst().planned());
    assertEquals(80 - first, runner.work().accepted());
    assertEquals(80 - first, runner.work().latencies().count());
  }

  @Test
  void anObserverEndsTheArrivalsBeforeThePlanDoes() throws Exception {
    List<Arrival> hours =
        List.of(TestLoad.in(0, 0), TestLoad.in(1_000, 1), TestLoad.in(3_600_000_000L, 2));
    Duration hour = Duration.ofHours(2);
    LoadRunner runner = new LoadRunner(hours, new LoadRunner.RunLength(Duration.ZERO, hour, hour));
    assertTrue(runner.run(settings(PATIENCE), observers(FaultInjection.none(), second -> false)));
    assertEquals(2, runner.work().accepted());
    assertEquals(0, runner.work().dropped());
    assertTrue(runner.ranFor().compareTo(Duration.ofMinutes(1)) < 0, runner.ranFor().toString());
  }

  /** Is done once two scans were acknowledged. */
  private static final class TwoAcknowledgements implements FaultInjection {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void start() {
      calls.add("start");
    }

    @Override
    public void acknowledged(long sentNanos) {
      calls.add("acknowledged");
    }

    @Override
    public boolean isDone() {
      return calls.size() >= 3;
    }

    @Override
    public List<FaultRecord> events() {
      return List.of();
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @Test
  void arrivalsLastUntilAllFaultsWereInjectedAndFaultsSeeEachAcknowledgement() throws Exception {
    TwoAcknowledgements faults = new TwoAcknowledgements();
    List<Arrival> plan =
        List.of(TestLoad.in(0, 0), TestLoad.in(1_100_000, 1), TestLoad.in(3_600_000_000L, 2));
    LoadRunner runner =
        new LoadRunner(plan, new LoadRunner.RunLength(Duration.ZERO, SECOND, Duration.ofHours(2)));
    assertTrue(runner.run(settings(PATIENCE), observers(faults, second -> true)));
    assertEquals(List.of("start", "acknowledged", "acknowledged", "close"), faults.calls);
    assertTrue(runner.ranFor().compareTo(SECOND) >= 0, runner.ranFor().toString());
    assertEquals(2, runner.work().accepted());
  }
}
