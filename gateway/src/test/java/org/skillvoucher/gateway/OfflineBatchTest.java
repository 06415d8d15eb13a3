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

/** Devices without a line, whose statements come a day later: on a real node and PostgreSQL. */
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

  /** What happens on a node with a class that is open, and two devices that heard the time. */
  private interface Story {
    void play(Line line, String classId, List<FieldDevice> devices) throws Exception;
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
      Line line = node.line(node.credentials(), LESSON);
      String classId = line.untilOpen(PEOPLE, LESSONS);
      FieldDevice inside = line.enrol("inside", DeviceSuite.SM2);
      now.set(LESSON.minus(Duration.ofMinutes(10)));
      line.beacon(line.door());
      line.beacon(inside);
      story.play(line, classId, List.of(line.door(), inside));
    }
  }

  private static long receipts(Line line, String classId) throws Exception {
    return line.trainingClass(classId).get("receipts").asLong();
  }

  @Test
  void aBatchSentTwiceCutAndReorderedGivesTheSameReceipts() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, devices, classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          Collections.shuffle(taps, new Random(1));
          JsonNode first = line.batch(line.door(), taps);
          assertEquals(TAPS, first.get("attended").asInt(), first.toString());
          List<String> receipts = Outbox.each(first, "receipt");
          assertEquals(TAPS, receipts.stream().distinct().count());

          JsonNode second = line.batch(line.door(), taps);
          assertEquals(TAPS, second.get("replayed").asInt(), second.toString());
          assertEquals(receipts, Outbox.each(second, "receipt"));

          List<Integer> places = new ArrayList<>(IntStream.range(0, TAPS).boxed().toList());
          Collections.shuffle(places, new Random(2));
          for (int from = 0; from < TAPS; from += 25) {
            List<Integer> piece = places.subList(from, Math.min(from + 25, TAPS));
            JsonNode answer = line.batch(devices.get(1), Outbox.at(taps, piece));
            assertEquals(Outbox.at(receipts, piece), Outbox.each(answer, "receipt"));
          }
          assertEquals(TAPS, receipts(line, classId));
        });
  }

  @Test
  void theSameBatchFourTimesAtOnceIsKeptOnceAndEachGetsTheSameReceipts() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, devices, classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<Callable<List<String>>> senders = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            senders.add(() -> Outbox.each(line.batch(line.door(), taps), "receipt"));
          }
          try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<String>> answers = new ArrayList<>();
            for (Future<List<String>> sent : threads.invokeAll(senders)) {
              answers.add(sent.get());
            }
            assertEquals(1, answers.stream().distinct().count());
            assertEquals(TAPS, answers.getFirst().stream().distinct().count());
          }
          assertEquals(TAPS, receipts(line, classId));
        });
  }

  @Test
  void theSameStatementTwiceInOneBatchIsKeptOnce() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<FieldDevice.Tap> doubled = new ArrayList<>(taps);
          doubled.addAll(taps);
          JsonNode answer = line.batch(line.door(), doubled);
          List<String> receipts = Outbox.each(answer, "receipt");
          assertEquals(
              receipts.subList(0, taps.size()), receipts.subList(taps.size(), doubled.size()));
          assertEquals(taps.size(), answer.get("attended").asInt(), answer.toString());
          assertEquals(taps.size(), answer.get("replayed").asInt(), answer.toString());
          assertEquals(taps.size(), receipts(line, classId));
        });
  }

  @Test
  void aGapIsReportedAndOnceFilledTheRestFollows() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps =
              Outbox.day(line, List.of(line.door()), classId, PEOPLE, LESSONS);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<FieldDevice.Tap> withGap = new ArrayList<>(taps);
          withGap.remove(20);
          Collections.shuffle(withGap, new Random(3));
          JsonNode first = line.batch(line.door(), withGap);
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
          assertEquals(20, receipts(line, classId));

          JsonNode filled = line.batch(line.door(), taps);
          assertEquals(20, filled.get("replayed").asInt(), filled.toString());
          assertEquals(TAPS - 20, filled.get("attended").asInt());
          assertEquals(TAPS, receipts(line, classId));
        });
  }

  @Test
  void aGapThatIsWaivedLetsTheClassGoOnBehindIt() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, List.of(line.door()), classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          List<FieldDevice.Tap> lost = taps.subList(0, 5);
          List<FieldDevice.Tap> behind = taps.subList(5, taps.size());
          assertEquals(behind.size(), line.batch(line.door(), behind).get("gaps").asInt());
          var waived =
              line.decree(
                  "/v1/classes/" + classId + "/gap-waivers",
                  "waive",
                  "{\"device\":\"%s\",\"reason\":\"broken\"}".formatted(line.door().name()));
          assertEquals(2, waived.statusCode() / 100, waived.body());
          JsonNode answer = line.batch(line.door(), behind);
          assertEquals(behind.size(), answer.get("attended").asInt(), answer.toString());
          JsonNode late = line.batch(line.door(), lost);
          assertEquals(
              List.of("device_counter_stale"),
              Outbox.each(late, "code").stream().distinct().toList());
          assertEquals(behind.size(), receipts(line, classId));
        });
  }

  @Test
  void whatASilentPlatformLeftUnverifiedIsCapturedAndVerifiedWhenItSpeaks() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          behaviour.set(
              (exchange, asked) -> {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
              });
          JsonNode silent = line.batch(line.door(), taps);
          assertEquals(taps.size(), silent.get("captured").asInt(), silent.toString());
          assertEquals(
              List.of("try_later"), Outbox.each(silent, "code").stream().distinct().toList());
          assertEquals(0, receipts(line, classId));

          behaviour.set(OK);
          JsonNode verified = line.batch(line.door(), taps);
          assertEquals(taps.size(), verified.get("attended").asInt(), verified.toString());
          assertEquals(taps.size(), receipts(line, classId));
          assertEquals(
              Outbox.each(verified, "receipt"),
              Outbox.each(line.batch(line.door(), taps), "receipt"));
        });
  }

  @Test
  void aDeviceWithTwoHistoriesIsSuspendedAndBothAreKept() throws Exception {
    onANode(
        (line, classId, devices) -> {
          Trainee first = Trainee.first(2).getFirst();
          Trainee second = Trainee.first(2).getLast();
          var place = new FieldDevice.Place(classId, "L1", Act.IN, LESSON);
          FieldDevice.Tap one = line.door().tap(first, place);
          FieldDevice.Tap other = line.door().tap(second, place);
          assertEquals(one.counter(), other.counter());
          now.set(LESSON);
          JsonNode answer = line.batch(line.door(), List.of(one, other));
          assertEquals(List.of("attended", "fork"), Outbox.each(answer, "outcome"));
          String list = "/v1/institutions/" + Line.SCHOOL + "/devices";
          Line.await(
              () -> {
                boolean suspended = false;
                for (JsonNode device : line.read(list).get("items")) {
                  suspended |=
                      device.get("device").asText().equals(line.door().name())
                          && device.get("status").asText().equals("suspended");
                }
                return suspended;
              });
          line.door().movedOn(one);
          var later = line.scan(line.door(), line.door().tap(second, place), "k2");
          assertEquals(403, later.statusCode(), later.body());
          assertTrue(later.body().contains("\"device_not_trusted\""), later.body());
          // The other device goes on.
          assertEquals(
              201, line.scan(devices.get(1), devices.get(1).tap(second, place), "k3").statusCode());
        });
  }

  @Test
  void aTapWhoseTimeNothingProvesIsRefusedAndItsCounterIsUsedUp() throws Exception {
    onANode(
        (line, classId, devices) -> {
          line.door().restarted(); // since then it has heard no beacon
          List<FieldDevice.Tap> unproven =
              Outbox.day(line, List.of(line.door()), classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofHours(30)));
          JsonNode answer = line.batch(line.door(), unproven);
          assertEquals(
              List.of("tap_time_unprovable"),
              Outbox.each(answer, "code").stream().distinct().toList());
          line.beacon(line.door());
          var place = new FieldDevice.Place(classId, "L1", Act.IN, now.get());
          FieldDevice.Tap next = line.door().tap(Trainee.first(1).getFirst(), place);
          var outside = line.scan(line.door(), next, "k1");
          assertEquals(409, outside.statusCode());
          assertTrue(outside.body().contains("\"outside_window\""), outside.body());
        });
  }

  @Test
  void afterSeventyTwoHoursAnOfflineTapCountsNoMore() throws Exception {
    onANode(
        (line, classId, devices) -> {
          List<FieldDevice.Tap> taps = Outbox.day(line, devices, classId, PEOPLE, 1);
          now.set(LESSON.plus(Duration.ofDays(3)).plusSeconds(2));
          JsonNode answer = line.batch(line.door(), taps);
          List<String> codes = Outbox.each(answer, "code");
          assertEquals("tap_time_unprovable", codes.getFirst());
          assertEquals("", codes.getLast(), answer.toString());
          assertNotEquals(0, answer.get("attended").asInt());
          assertEquals(answer.get("attended").asLong(), receipts(line, classId));
        });
  }

  @Test
  void aStatementOfAnotherInstitutionsDeviceIsToldSo() throws Exception {
    onANode(
        (line, classId, devices) -> {
          FieldDevice.Tap tap =
              line.door()
                  .captured(
                      Trainee.first(1).getFirst(),
                      new FieldDevice.Place(classId, "L1", Act.IN, LESSON));
          now.set(LESSON);
          String foreign = tap.body().replace(line.door().name(), "DZZZZ0123456789X-1");
          var moved = new FieldDevice.Tap(classId, 1, tap.hash(), foreign);
          var altered =
              new FieldDevice.Tap(
                  classId, 1, tap.hash(), tap.body().replace("\"ctr\":1", "\"ctr\":2"));
          JsonNode answer = line.batch(line.door(), Arrays.asList(moved, altered, tap));
          assertEquals(
              List.of("device_scope", "device_signature_invalid", ""), Outbox.each(answer, "code"));
        });
  }
}
