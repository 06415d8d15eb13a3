package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Measured.Work;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/** The engine against a gateway that answers as each test says. */
final class LoadRunnerTest {
  private static final List<Card> PEOPLE = MadeUpPeople.make(50, "990000", new SplittableRandom(1));

  private final List<StubRequest> received = Collections.synchronizedList(new ArrayList<>());
  private final List<HistoryEntry> history = Collections.synchronizedList(new ArrayList<>());
  private volatile BiFunction<StubRequest, Integer, StubReply> gateway =
      (request, nth) -> kept(request);
  private final StubServer server =
      StubServer.start(
          0,
          100_000,
          new StubServer.Route("POST", "/v1/classes/C0/scans", this::answer),
          new StubServer.Route("POST", "/v1/classes/C1/scans", this::answer),
          new StubServer.Route("POST", "/v1/statement-batches", this::answer));

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

  private static StubReply kept(StubRequest request) {
    return receipt(201, request.required("Idempotency-Key"));
  }

  private static StubReply receipt(int status, String hash) {
    return StubReply.json(
        status,
        Json.object()
            .put("receipt", "cmVjZWlwdC0" + hash.substring(0, 8))
            .set("payload", Json.object().put("dh", hash)));
  }

  private static JsonNode statement(StubRequest request) {
    return Json.read(request.body()).path("statement");
  }

  private static List<Long> counters(List<StubRequest> requests) {
    return requests.stream().map(request -> statement(request).path("ctr").asLong()).toList();
  }

  private static List<Arrival> taps(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Arrival(i * 2_000L, i % 2, 0, Act.IN, i / 2, false))
        .toList();
  }

  private static List<Arrival> tapsOfOneClass(int count) {
    return IntStream.range(0, count)
        .mapToObj(person -> new Arrival(person * 1_000L, 0, 0, Act.IN, person, false))
        .toList();
  }

  private DeviceSession.Classroom classroom(String id) {
    return new DeviceSession.Classroom(
        id,
        (tap, at, salt) ->
            new Device.Tap(id, "L1", tap.act(), Presented.card(PEOPLE.get(tap.person()), salt), at),
        500);
  }

  private static DeviceDesk.Enrolled device(int number) {
    return new DeviceDesk.Enrolled(
        new Device("D" + number + "-1", DeviceKey.of(DeviceSuite.ED25519, "d" + number), 1),
        "token-" + number);
  }

  private Work play(List<Arrival> taps, Duration patience) throws InterruptedException {
    LoadRunner playing = playing(taps, patience, Duration.ZERO);
    assertEquals(
        playing.seconds().stream().mapToLong(each -> each.accepted()).sum(),
        playing.work().accepted());
    return playing.work();
  }

  private LoadRunner playing(List<Arrival> taps, Duration patience, Duration warmUp)
      throws InterruptedException {
    Duration second = Duration.ofSeconds(1);
    LoadRunner playing = new LoadRunner(taps, new LoadRunner.RunLength(warmUp, second, second));
    boolean settled =
        playing.run(
            new LoadRunner.RunSettings(
                URI.create(server.url()),
                new LoadEngine.ClassroomDevices(
                    Map.of(0, classroom("C0"), 1, classroom("C1")),
                    List.of(device(0), device(1)),
                    1),
                4,
                1,
                Instant.parse("2026-03-02T00:10:00Z"),
                60,
                List.of(),
                patience),
            new LoadRunner.Observers(
                history::add, FaultInjection.none(), course -> {}, each -> true));
    assertTrue(settled);
    return playing;
  }

  private Work play(List<Arrival> taps) throws InterruptedException {
    return play(taps, Duration.ofSeconds(30));
  }

  private long entries(HistoryEntry.Type type) {
    return history.stream().filter(entry -> entry.type() == type).count();
  }

  @Test
  void everybodyWhoComesIsServedAndTheHistoryTellsOfEach() throws Exception {
    Work work = play(taps(80));
    assertEquals(80, work.planned());
    assertEquals(80, work.sent());
    assertEquals(80, work.accepted());
    assertEquals(0, work.failed());
    assertEquals(80, work.latencies().count());
    assertEquals(80, entries(HistoryEntry.Type.INVOKE));
    assertEquals(80, entries(HistoryEntry.Type.OK));
    assertEquals(80, history.stream().map(HistoryEntry::idem).distinct().count());
  }

  @Test
  void aDeviceHasOneStatementUnderWayAndUsesItsCountersInTurn() throws Exception {
    play(taps(80));
    Map<String, Long> last = new HashMap<>();
    for (StubRequest request : List.copyOf(received)) {
      String device = statement(request).path("dev").asText();
      long counter = statement(request).path("ctr").asLong();
      assertEquals(last.getOrDefault(device, 0L) + 1, counter);
      last.put(device, counter);
    }
    assertEquals(Map.of("D0-1", 40L, "D1-1", 40L), last);
  }

  @Test
  void tapsOfOneDeviceAreAsFarApartAsPeopleAre() throws Exception {
    play(tapsOfOneClass(40));
    long before = 0;
    for (StubRequest request : List.copyOf(received)) {
      long at = statement(request).path("t").asLong();
      assertTrue(at - before >= 500, "taps " + (at - before) + " ms apart");
      before = at;
    }
  }

  @Test
  void what503LeavesUnknownIsSentAgainByteForByteAndFailsOnce() throws Exception {
    gateway =
        (request, nth) -> nth <= 2 ? StubReply.problem(503, "try_again", "later") : kept(request);
    Work work = play(tapsOfOneClass(1));
    assertEquals(1, work.accepted());
    assertEquals(1, work.failed());
    assertEquals(Map.of("try_again_without_retry_after", 2L), work.errors());
    assertEquals(3, received.size());
    assertEquals(
        1, received.stream().map(request -> new String(request.body(), UTF_8)).distinct().count());
    assertEquals(
        List.of(
            HistoryEntry.Type.INVOKE,
            HistoryEntry.Type.INFO,
            HistoryEntry.Type.INVOKE,
            HistoryEntry.Type.INFO,
            HistoryEntry.Type.INVOKE,
            HistoryEntry.Type.OK),
        history.stream().map(HistoryEntry::type).toList());
  }

  @Test
  void aRefusalIsFinalAndLeavesItsCounterToTheNext() throws Exception {
    gateway =
        (request, nth) -> nth == 1 ? StubReply.problem(403, "not_enrolled", "no") : kept(request);
    Work work = play(tapsOfOneClass(2));
    assertEquals(2, work.answered());
    assertEquals(1, work.accepted());
    assertEquals(1, work.failed());
    assertEquals(List.of(1L, 1L), counters(received));
    assertEquals(1, entries(HistoryEntry.Type.FAIL));
  }

  @Test
  void aSecondTapGetsTheFirstOnesReceiptAndUsesUpNoCounter() throws Exception {
    gateway =
        (request, nth) ->
            nth == 2
                ? receipt(200, received.getFirst().required("Idempotency-Key"))
                : kept(request);
    Work work = play(tapsOfOneClass(3));
    assertEquals(2, work.accepted());
    assertEquals(1, work.repeated());
    assertEquals(List.of(1L, 2L, 2L), counters(received));
  }

  @Test
  void aClockThatWasNotMovedInTimeLetsThePersonTapOnceMore() throws Exception {
    gateway =
        (request, nth) -> nth == 1 ? StubReply.problem(409, "clock_skew", "when?") : kept(request);
    Work work = play(tapsOfOneClass(1));
    assertEquals(1, work.sent());
    assertEquals(1, work.accepted());
    assertEquals(List.of(1L, 1L), counters(received));
    assertNotEquals(
        received.get(0).required("Idempotency-Key"), received.get(1).required("Idempotency-Key"));
  }

  @Test
  void whatMayBeKeptAlreadyIsNeverStatedAnew() throws Exception {
    gateway =
        (request, nth) ->
            switch (nth) {
              case 1 -> StubReply.problem(503, "try_again", "later");
              case 2 -> StubReply.problem(409, "clock_skew", "when?");
              default -> batch("attended");
            };
    Work work = play(tapsOfOneClass(1));
    assertEquals(1, work.accepted());
    assertEquals("/v1/statement-batches", received.get(2).path());
    assertEquals(
        Json.read(received.get(0).body()), Json.read(received.get(2).body()).path("items").path(0));
    assertEquals(1, history.stream().map(HistoryEntry::idem).distinct().count());
    assertEquals(0, entries(HistoryEntry.Type.FAIL));
  }

  private static StubReply batch(String outcome) {
    ObjectNode body = Json.object();
    body.putArray("items")
        .addObject()
        .put("index", 0)
        .put("outcome", outcome)
        .put("receipt", "cmVjZWlwdA");
    return StubReply.json(200, body);
  }

  @Test
  void aDeviceThatIsToldOfAGapStopsAndWhoComesLaterIsDropped() throws Exception {
    gateway =
        (request, nth) ->
            nth == 1
                ? StubReply.problem(202, "device_counter_gap", "one is missing")
                : kept(request);
    Work work = play(tapsOfOneClass(5));
    assertEquals(1, received.size());
    assertEquals(4, work.dropped());
    assertEquals(0, work.accepted());
    assertEquals(1, work.errors().get("device_counter_gap"));
  }

  @Test
  void whoseDeviceIsBusyForTooLongGoesHome() throws Exception {
    gateway =
        (request, nth) -> {
          if (nth == 1) {
            server.hang(600);
          }
          return kept(request);
        };
    Work work = play(tapsOfOneClass(3), Duration.ofMillis(200));
    assertEquals(1, work.accepted());
    assertEquals(2, work.dropped());
    assertEquals(3, work.planned());
    assertTrue(work.latencies().millisAt(100) >= 500, "the delay counts from the intended start");
  }

  @Test
  void whoWentHomeDoesNotComeOutOfTheLesson() throws Exception {
    gateway =
        (request, nth) -> {
          if (nth == 1) {
            server.hang(600);
          }
          return kept(request);
        };
    List<Arrival> taps =
        List.of(
            new Arrival(0, 0, 0, Act.IN, 0, false),
            new Arrival(1_000, 0, 0, Act.IN, 1, false),
            new Arrival(900_000, 0, 0, Act.OUT, 0, false),
            new Arrival(900_001, 0, 0, Act.OUT, 1, false));
    Work work = play(taps, Duration.ofMillis(200));
    assertEquals(2, work.accepted());
    assertEquals(2, work.dropped());
    assertEquals(
        List.of("in", "out"),
        List.copyOf(received).stream()
            .map(request -> statement(request).path("act").asText())
            .toList());
  }

  @Test
  void whoWasTurnedAwayDoesNotComeOutOfTheLesson() throws Exception {
    gateway =
        (request, nth) -> nth == 1 ? StubReply.problem(403, "not_enrolled", "no") : kept(request);
    Work work =
        play(
            List.of(
                new Arrival(0, 0, 0, Act.IN, 0, false),
                new Arrival(1_000, 0, 0, Act.OUT, 0, false)));
    assertEquals(0, work.accepted());
    assertEquals(1, work.dropped());
    assertEquals(1, received.size());
  }

  @Test
  void whatHappensInTheWarmUpIsShownAndNotCounted() throws Exception {
    LoadRunner playing = playing(taps(80), Duration.ofSeconds(30), Duration.ofSeconds(1));
    long shown = playing.seconds().stream().mapToLong(each -> each.accepted()).sum();
    long first = playing.seconds().getFirst().accepted();
    assertEquals(80, shown);
    assertEquals(80 - first, playing.work().accepted());
    assertEquals(80 - first, playing.work().latencies().count());
  }

  @Test
  void nobodyIsPrintedByAnythingOfALoad() throws Exception {
    play(tapsOfOneClass(3));
    String told = history.toString() + tapsOfOneClass(3);
    for (Card card : PEOPLE) {
      assertFalse(told.contains(card.personNumber()) || told.contains(card.name()));
    }
  }
}
