package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class DoorDevicesTest {
  private static final String SCANS = StubbedDemo.CLASS_PATH + "/scans";
  private static final Lesson LESSON = StubbedDemo.SAMPLE.lessons().getFirst();
  private static final Instant START = LESSON.startsAt();

  private final Deque<StubReply> replies = new ArrayDeque<>();
  private final StubbedDemo demo =
      new StubbedDemo(new Route("POST", SCANS, request -> replies.removeFirst()));
  private final DoorDevices door = new DoorDevices(demo.environment, StubbedDemo.devices(1));

  @AfterEach
  void close() {
    demo.close();
  }

  private static DoorDevices.Tap tap(int person, Instant at) {
    return new DoorDevices.Tap(
        StubbedDemo.SAMPLE.trainees().get(person), "C1", LESSON.id(), Act.IN, at);
  }

  private static StubReply receipt(int status, String id, String device, String hash) {
    var answer = Json.object().put("receipt", "AQ" + id);
    answer.putObject("payload").put("id", id).put("sq", 1).put("dev", device).put("dh", hash);
    Map<String, String> headers = status == 200 ? Map.of("Idempotent-Replay", "true") : Map.of();
    return new StubReply(status, headers, Json.write(answer));
  }

  private static StubReply receiptOf(DoorDevices.Scan scan, String id) {
    return receipt(201, id, "D-1", scan.statement().hash());
  }

  private long counter(DoorDevices.Scan scan) {
    return scan.statement().counter();
  }

  @Test
  void aCounterIsUsedUpByItsOwnReceiptOnly() {
    DoorDevices.Scan refused = door.scan(tap(0, START));
    replies.add(StubReply.problem(403, "not_enrolled", "no"));
    door.mustRefuse("a stranger", refused, 403, "not_enrolled");
    DoorDevices.Scan first = door.scan(tap(1, START));
    assertEquals(1, counter(first));
    replies.add(receipt(201, "A", "D-1", "of another statement"));
    door.mustCount(first);
    DoorDevices.Scan second = door.scan(tap(1, START));
    assertEquals(1, counter(second));
    replies.add(receiptOf(second, "B"));
    door.mustCount(second);
    assertEquals(2, counter(door.scan(tap(2, START))));
    assertEquals(List.of(), demo.broken());
  }

  @Test
  void aScanThatMustCountAndIsRefusedIsReported() {
    replies.add(StubReply.problem(409, "outside_window", "no"));
    door.mustCount(tap(0, START));
    assertEquals(List.of("a scan that counts"), demo.broken());
    assertEquals(Map.of("outside_window", 1), door.counters().refused());
  }

  @Test
  void aScanSentAgainIsTheSameBytesUnderTheSameKeyAndMustGiveTheSameReceipt() {
    DoorDevices.Scan scan = door.scan(tap(0, START));
    replies.add(receiptOf(scan, "A"));
    HttpAnswer first = door.mustCount(scan);
    replies.add(
        new StubReply(200, Map.of("Idempotent-Replay", "true"), receiptOf(scan, "A").body()));
    door.mustGiveAgain("again", scan, first, true);
    assertEquals(List.of(), demo.broken());
    List<StubRequest> sent = demo.requests(SCANS);
    assertArrayEquals(sent.getFirst().body(), sent.getLast().body());
    assertEquals(scan.key(), sent.getLast().required("Idempotency-Key"));
    assertEquals("Bearer device 1", sent.getLast().required("Authorization"));
  }

  @Test
  void anotherReceiptOrAMissingReplayHeaderIsReported() {
    DoorDevices.Scan scan = door.scan(tap(0, START));
    replies.add(receiptOf(scan, "A"));
    HttpAnswer first = door.mustCount(scan);
    replies.add(receipt(200, "B", "D-1", scan.statement().hash()));
    door.mustGiveAgain("another receipt", scan, first, false);
    replies.add(receiptOf(scan, "A"));
    door.mustGiveAgain("not marked as a replay", scan, first, false);
    assertEquals(List.of("another receipt", "not marked as a replay"), demo.broken());
  }

  @Test
  void aRefusalMustHaveTheExpectedStatusAndCode() {
    replies.add(StubReply.problem(409, "not_enrolled", "no"));
    door.mustRefuse("another status", door.scan(tap(0, START)), 403, "not_enrolled");
    replies.add(StubReply.problem(403, "card_status", "no"));
    door.mustRefuse("another code", door.scan(tap(0, START)), 403, "not_enrolled");
    replies.add(StubReply.problem(403, "not_enrolled", "no"));
    door.mustRefuse("as expected", door.scan(tap(0, START)), 403, "not_enrolled");
    assertEquals(List.of("another status", "another code"), demo.broken());
  }

  @Test
  void anUnknownOutcomeIsSettledByTheSameRequestAfterRetryAfter() {
    DoorDevices.Scan scan = door.scan(tap(0, START));
    replies.add(StubReply.tryAgain(503, "try_again"));
    replies.add(receiptOf(scan, "A"));
    door.mustCountAtSecondTry("the platform is silent", scan);
    assertEquals(List.of(), demo.broken());
    assertEquals(List.of(Duration.ofSeconds(1)), demo.rests());
    assertEquals(1, door.counters().unanswered());
    assertEquals(1, door.counters().accepted());
    List<StubRequest> sent = demo.requests(SCANS);
    assertArrayEquals(sent.getFirst().body(), sent.getLast().body());
  }

  @Test
  void a503WithoutRetryAfterIsReported() {
    DoorDevices.Scan scan = door.scan(tap(0, START));
    replies.add(StubReply.problem(503, "try_again", "later"));
    replies.add(receiptOf(scan, "A"));
    door.mustCountAtSecondTry("the platform is silent", scan);
    assertEquals(List.of("the platform is silent"), demo.broken());
  }

  @Test
  void tapsOfOneDeviceAreApartExceptForATimeLongPast() {
    List<Long> times =
        LongStream.of(0, 0, 10, 5_000, -400_000)
            .map(
                millis ->
                    Json.read(door.scan(tap(0, START.plusMillis(millis))).call().body())
                            .path("statement")
                            .path("t")
                            .asLong()
                        - START.toEpochMilli())
            .boxed()
            .toList();
    assertEquals(List.of(0L, 600L, 1_200L, 5_000L, -400_000L), times);
  }

  @Test
  void onePersonAlwaysTapsTheSameDeviceAndPeopleSpreadOverAll() {
    DoorDevices many = new DoorDevices(demo.environment, StubbedDemo.devices(4));
    Map<String, Long> byDevice =
        LongStream.range(0, 48)
            .mapToObj(person -> many.scan(tap((int) person, START)))
            .collect(
                java.util.stream.Collectors.groupingBy(
                    scan -> scan.call().headers().getOrDefault("Authorization", ""),
                    java.util.stream.Collectors.counting()));
    assertEquals(4, byDevice.size());
    String first = many.scan(tap(7, START)).call().headers().get("Authorization");
    assertEquals(first, many.scan(tap(7, START)).call().headers().get("Authorization"));
    assertNotEquals(many.scan(tap(7, START)).key(), many.scan(tap(7, START)).key());
  }

  @Test
  void anotherPersonsScanCanReuseAKeyOnTheSameDevice() {
    DoorDevices many = new DoorDevices(demo.environment, StubbedDemo.devices(4));
    DoorDevices.Scan earlier = many.scan(tap(0, START));
    for (int person = 1; person < 6; person++) {
      DoorDevices.Scan reused = many.scanUnderKeyOf(earlier, tap(person, START));
      assertEquals(earlier.key(), reused.key());
      assertEquals(
          earlier.call().headers().get("Authorization"),
          reused.call().headers().get("Authorization"));
    }
  }

  @Test
  void aTallyThatDiffersFromThePlanIsReportedNumberByNumber() {
    DoorDevices.Scan scan = door.scan(tap(0, START));
    replies.add(receiptOf(scan, "A"));
    door.mustCount(scan);
    replies.add(StubReply.problem(403, "not_enrolled", "no"));
    door.mustRefuse("a stranger", door.scan(tap(1, START)), 403, "not_enrolled");
    door.checkCounters(1, 0);
    assertEquals(List.of(), demo.broken());
    door.counted(
        new HttpAnswer(
            403,
            java.net.http.HttpHeaders.of(Map.of(), (name, value) -> true),
            StubReply.problem(403, "not_enrolled", "no").body()));
    door.checkCounters(2, 1);
    assertEquals(
        List.of(
            "distinct receipts (回执)", "scans answered with an earlier receipt", "refusals by code"),
        demo.broken());
    assertTrue(demo.shown().contains("not_enrolled 2"), demo.shown());
  }
}
