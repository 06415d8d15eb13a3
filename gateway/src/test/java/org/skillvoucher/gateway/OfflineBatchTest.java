package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** Offline devices, whose statements arrive a day later: on a real node and PostgreSQL. */
class OfflineBatchTest {
  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  private static final int PEOPLE = 12;
  private static final int LESSONS = 3;
  private static final int TAPS = PEOPLE * LESSONS * 2;
  private static final StubPlatform.Behaviour OK =
      StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1"));

  private final Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);
  private final AtomicReference<StubPlatform.Behaviour> behaviour = new AtomicReference<>(OK);

  OfflineBatchTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A test on a node with an open class, and two devices with a beacon. */
  private interface Story {
    void play(ClassOverHttp client, String classId, List<TestDevice> devices) throws Exception;
  }

  private void onANode(Story story) throws Exception {
    try (var platform =
            new StubPlatform((exchange, asked) -> behaviour.get().answer(exchange, asked));
        TestNode node =
            TestNode.start(
                TestPostgres.freshDatabase(),
                platform,
                folder.resolve("keys"),
                now::get,
                Map.of("entity.batch-chunk", "16", "entity.batch-at-once", "5"))) {
      ClassOverHttp client = node.client(node.credentials(), LESSON);
      String classId = client.untilOpen(PEOPLE, LESSONS);
      TestDevice inside = client.enrol("inside", DeviceSuite.SM2);
      now.set(LESSON.minus(Duration.ofMinutes(10)));
      client.beacon(client.door());
      client.beacon(inside);
      story.play(client, classId, List.of(client.door(), inside));
    }
  }

  private static long receipts(ClassOverHttp client, String classId) throws Exception {
    return client.trainingClass(classId).get("receipts").asLong();
  }

  @Test
  void aBatchSentTwiceCutAndReorderedGivesTheSameReceipts() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps =
              OfflineStatements.day(client, devices, classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          Collections.shuffle(taps, new Random(1));
          JsonNode first = client.batch(client.door(), taps);
          assertEquals(TAPS, first.get("attended").asInt(), first.toString());
          List<String> receipts = OfflineStatements.each(first, "receipt");
          assertEquals(TAPS, receipts.stream().distinct().count());

          JsonNode second = client.batch(client.door(), taps);
          assertEquals(TAPS, second.get("replayed").asInt(), second.toString());
          assertEquals(receipts, OfflineStatements.each(second, "receipt"));

          List<Integer> places = new ArrayList<>(IntStream.range(0, TAPS).boxed().toList());
          Collections.shuffle(places, new Random(2));
          for (int from = 0; from < TAPS; from += 25) {
            List<Integer> piece = places.subList(from, Math.min(from + 25, TAPS));
            JsonNode answer = client.batch(devices.get(1), OfflineStatements.at(taps, piece));
            assertEquals(
                OfflineStatements.at(receipts, piece), OfflineStatements.each(answer, "receipt"));
          }
          assertEquals(TAPS, receipts(client, classId));
        });
  }

  @Test
  void theSameBatchFourTimesAtOnceIsRecordedOnceAndEachGetsTheSameReceipts() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps =
              OfflineStatements.day(client, devices, classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<Callable<List<String>>> senders = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            senders.add(() -> OfflineStatements.each(client.batch(client.door(), taps), "receipt"));
          }
          try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<String>> answers = new ArrayList<>();
            for (Future<List<String>> sent : threads.invokeAll(senders)) {
              answers.add(sent.get());
            }
            assertEquals(1, answers.stream().distinct().count());
            assertEquals(TAPS, answers.getFirst().stream().distinct().count());
          }
          assertEquals(TAPS, receipts(client, classId));
        });
  }

  @Test
  void theSameStatementTwiceInOneBatchIsRecordedOnce() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps = OfflineStatements.day(client, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<TestDevice.Tap> doubled = new ArrayList<>(taps);
          doubled.addAll(taps);
          JsonNode answer = client.batch(client.door(), doubled);
          List<String> receipts = OfflineStatements.each(answer, "receipt");
          assertEquals(
              receipts.subList(0, taps.size()), receipts.subList(taps.size(), doubled.size()));
          assertEquals(taps.size(), answer.get("attended").asInt(), answer.toString());
          assertEquals(taps.size(), answer.get("replayed").asInt(), answer.toString());
          assertEquals(taps.size(), receipts(client, classId));
        });
  }

  @Test
  void aGapIsReportedAndOnceFilledTheRestFollows() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps =
              OfflineStatements.day(client, List.of(client.door()), classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<TestDevice.Tap> withGap = new ArrayList<>(taps);
          withGap.remove(20);
          Collections.shuffle(withGap, new Random(3));
          JsonNode first = client.batch(client.door(), withGap);
          assertEquals(20, first.get("attended").asInt(), first.toString());
          assertEquals(TAPS - 21, first.get("gaps").asInt());
          for (int i = 0; i < withGap.size(); i++) {
            JsonNode item = first.get("items").get(i);
            if (withGap.get(i).counter() > 21) {
              assertEquals("device_counter_gap", item.get("code").asText());
              assertEquals(21, item.get("expected").asLong());
              assertEquals(withGap.get(i).counter(), item.get("received").asLong());
            }
          }
          assertEquals(20, receipts(client, classId));

          JsonNode filled = client.batch(client.door(), taps);
          assertEquals(20, filled.get("replayed").asInt(), filled.toString());
          assertEquals(TAPS - 20, filled.get("attended").asInt());
          assertEquals(TAPS, receipts(client, classId));
        });
  }

  @Test
  void aWaivedGapLetsTheChainContinue() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps =
              OfflineStatements.day(client, List.of(client.door()), classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<TestDevice.Tap> lost = taps.subList(0, 5);
          List<TestDevice.Tap> behind = taps.subList(5, taps.size());
          assertEquals(behind.size(), client.batch(client.door(), behind).get("gaps").asInt());
          var waived =
              client.decree(
                  "/v1/classes/" + classId + "/gap-waivers",
                  "waive",
                  "{\"device\":\"%s\",\"reason\":\"broken\"}".formatted(client.door().name()));
          assertEquals(2, waived.statusCode() / 100, waived.body());
          JsonNode answer = client.batch(client.door(), behind);
          assertEquals(behind.size(), answer.get("attended").asInt(), answer.toString());
          JsonNode late = client.batch(client.door(), lost);
          assertEquals(
              List.of("device_counter_stale"),
              OfflineStatements.each(late, "code").stream().distinct().toList());
          assertEquals(behind.size(), receipts(client, classId));
        });
  }

  @Test
  void aScanTheSilentPlatformLeftUnverifiedIsCapturedAndVerifiedLater() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps = OfflineStatements.day(client, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          behaviour.set(
              (exchange, asked) -> {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
              });
          JsonNode silent = client.batch(client.door(), taps);
          assertEquals(taps.size(), silent.get("captured").asInt(), silent.toString());
          assertEquals(
              List.of("try_later"),
              OfflineStatements.each(silent, "code").stream().distinct().toList());
          assertEquals(0, receipts(client, classId));

          behaviour.set(OK);
          JsonNode verified = client.batch(client.door(), taps);
          assertEquals(taps.size(), verified.get("attended").asInt(), verified.toString());
          assertEquals(taps.size(), receipts(client, classId));
          assertEquals(
              OfflineStatements.each(verified, "receipt"),
              OfflineStatements.each(client.batch(client.door(), taps), "receipt"));
        });
  }

  @Test
  void aDeviceWithTwoHistoriesIsSuspendedAndBothAreRecorded() throws Exception {
    onANode(
        (client, classId, devices) -> {
          Trainee first = Trainee.first(2).getFirst();
          Trainee second = Trainee.first(2).getLast();
          var place = new TestDevice.Place(classId, "L1", Act.IN, LESSON);
          TestDevice.Tap one = client.door().tap(first, place);
          TestDevice.Tap other = client.door().tap(second, place);
          assertEquals(one.counter(), other.counter());
          now.set(LESSON);
          JsonNode answer = client.batch(client.door(), List.of(one, other));
          assertEquals(List.of("attended", "fork"), OfflineStatements.each(answer, "outcome"));
          String list = "/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices";
          ClassOverHttp.await(
              () -> {
                boolean suspended = false;
                for (JsonNode device : client.read(list).get("items")) {
                  suspended |=
                      device.get("device").asText().equals(client.door().name())
                          && device.get("status").asText().equals("suspended");
                }
                return suspended;
              });
          client.door().movedOn(one);
          var later = client.scan(client.door(), client.door().tap(second, place), "k2");
          assertEquals(403, later.statusCode(), later.body());
          assertTrue(later.body().contains("\"device_not_trusted\""), later.body());
          // The other device goes on.
          assertEquals(
              201,
              client.scan(devices.get(1), devices.get(1).tap(second, place), "k3").statusCode());
        });
  }

  @Test
  void aTapWhoseTimeNothingProvesIsRefusedAndItsCounterIsUsedUp() throws Exception {
    onANode(
        (client, classId, devices) -> {
          client.door().restarted(); // without a beacon for this boot
          List<TestDevice.Tap> unproven =
              OfflineStatements.day(client, List.of(client.door()), classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          JsonNode answer = client.batch(client.door(), unproven);
          assertEquals(
              List.of("tap_time_unprovable"),
              OfflineStatements.each(answer, "code").stream().distinct().toList());
          client.beacon(client.door());
          var place = new TestDevice.Place(classId, "L1", Act.IN, now.get());
          TestDevice.Tap next = client.door().tap(Trainee.first(1).getFirst(), place);
          var outside = client.scan(client.door(), next, "k1");
          assertEquals(409, outside.statusCode());
          assertTrue(outside.body().contains("\"outside_window\""), outside.body());
        });
  }

  @Test
  void afterSeventyTwoHoursAnOfflineTapCountsNoMore() throws Exception {
    onANode(
        (client, classId, devices) -> {
          List<TestDevice.Tap> taps = OfflineStatements.day(client, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofDays(3)).plusSeconds(2));
          JsonNode answer = client.batch(client.door(), taps);
          List<String> codes = OfflineStatements.each(answer, "code");
          assertEquals("tap_time_unprovable", codes.getFirst());
          assertEquals("", codes.getLast(), answer.toString());
          assertNotEquals(0, answer.get("attended").asInt());
          assertEquals(answer.get("attended").asLong(), receipts(client, classId));
        });
  }

  @Test
  void aStatementOfAnotherInstitutionsDeviceIsRefusedForItsScope() throws Exception {
    onANode(
        (client, classId, devices) -> {
          TestDevice.Tap tap =
              client
                  .door()
                  .captured(
                      Trainee.first(1).getFirst(),
                      new TestDevice.Place(classId, "L1", Act.IN, LESSON));
          now.set(LESSON);
          String foreign = tap.body().replace(client.door().name(), "DZZZZ0123456789X-1");
          var moved = new TestDevice.Tap(classId, 1, tap.hash(), foreign);
          var altered =
              new TestDevice.Tap(
                  classId, 1, tap.hash(), tap.body().replace("\"ctr\":1", "\"ctr\":2"));
          JsonNode answer = client.batch(client.door(), Arrays.asList(moved, altered, tap));
          assertEquals(
              List.of("device_scope", "device_signature_invalid", ""),
              OfflineStatements.each(answer, "code"));
        });
  }
}
