package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.projection.ProjectionBehavior;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.ClassStory;
import org.skillvoucher.gateway.projection.EventGroupHandler;
import org.skillvoucher.gateway.projection.FaultyFollower;
import org.skillvoucher.gateway.projection.FollowedJournal;

/** The follower of flags on a real journal. */
class FlagsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int CLASSES = 6;

  private final FollowedJournal journal = new FollowedJournal("flags-test");
  private final FlagsFixture expected = new FlagsFixture();

  @BeforeEach
  void stories() {
    for (int n = 0; n < CLASSES; n++) {
      feeds.add(story("C" + n, new Random(n)));
    }
  }

  @AfterEach
  void stop() {
    journal.close();
    expected.close();
  }

  private final List<List<FeedEnvelope>> feeds = new ArrayList<>();

  /** Four lessons on two days; people and devices are those of the other classes too. */
  private static List<FeedEnvelope> story(String id, Random random) {
    FlaggedClass one =
        new FlaggedClass(id, 2)
            .scheduled(
                IntStream.range(0, 4)
                    .mapToObj(n -> lesson("L" + n, start(n), 60))
                    .toArray(Lesson[]::new));
    for (int n = 0; n < 4; n++) {
      List<Integer> people = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
      if (random.nextBoolean()) {
        Collections.shuffle(people, random);
      }
      for (int person : people.subList(0, 6)) {
        tap(one, person, n, Act.IN, random);
      }
      if (random.nextInt(3) == 0) {
        tap(one, FlaggedClass.TEACHER, n, Act.IN, random);
      }
      for (int person : people.subList(0, 6)) {
        tap(one, person, n, Act.OUT, random);
      }
      Instant end = start(n).plusSeconds(3700);
      switch (random.nextInt(4)) {
        case 0 -> one.noted(DeviceAnomaly.TAP_RATE, "L" + n, 0, 99, end);
        case 1 -> one.noted(DeviceAnomaly.GAP, "L" + n, 90, 92, end).waived(90, 92, end);
        case 2 -> one.noted(DeviceAnomaly.FORK, "L" + n, 7, 3, end);
        default -> one.later(end);
      }
    }
    return one.feed();
  }

  private static Instant start(int lesson) {
    return NINE.plus(Duration.ofDays(lesson / 2)).plus(Duration.ofHours(lesson % 2 * 2L));
  }

  private static void tap(FlaggedClass one, int person, int lesson, Act act, Random random) {
    int minute = act == Act.IN ? random.nextInt(60) - 15 : 45 + random.nextInt(40);
    Instant at = start(lesson).plus(Duration.ofMinutes(minute));
    int place = random.nextInt(3);
    Way way = Way.on("D" + place + "-1", "S" + place);
    Way late = way.arriving(at.plus(Duration.ofHours(random.nextInt(50))));
    switch (random.nextInt(6)) {
      case 0 -> one.tap(person, "L" + lesson, act, at, late);
      case 1 ->
          one.aside(person, "L" + lesson, act, at, late, "captured")
              .tap(person, "L" + lesson, act, at.plusSeconds(9), late);
      case 2 ->
          one.tap(person, "L" + lesson, act, at, way)
              .aside(person, "L" + lesson, act, at.minusSeconds(90), late, "repeated");
      default -> one.tap(person, "L" + lesson, act, at, way);
    }
  }

  /** Shows no more than what differs. */
  private static void assertSame(List<String> one, List<String> other) {
    assertEquals(
        one.stream().filter(row -> !other.contains(row)).toList(),
        other.stream().filter(row -> !one.contains(row)).toList());
    assertEquals(one.size(), other.size());
  }

  private List<String> everything() {
    return FlagsFixture.everything(journal.database);
  }

  private void awaitAll(List<FeedEnvelope> written) {
    expected.empty();
    expected.apply(written);
    List<String> rows = expected.everything();
    assertTrue(rows.stream().filter(row -> row.startsWith("flag ")).count() > 50);
    journal
        .kit
        .createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(100),
            () -> {
              assertEquals(
                  Integer.toString(written.size()),
                  journal.database.one("SELECT sum(last_sequence) FROM flag_class"));
              return true;
            });
    assertSame(rows, everything());
  }

  private ActorRef<ProjectionBehavior.Command> follower() {
    return journal.kit.spawn(
        ProjectionBehavior.create(
            Flags.projection(
                journal.kit.system(),
                journal.feed(1),
                journal.database::session,
                () ->
                    new EventGroupHandler<>(
                        new FlagTables(ClassStory::digest, FlagsFixture.TAPS_KEPT)::apply),
                FollowedJournal.SETTINGS)));
  }

  @Test
  void aRebuildFromTheFirstEventGivesTheSameTables() {
    List<FeedEnvelope> written = journal.writeInterleaved(feeds, new Random(1));
    var first = follower();
    awaitAll(written);
    first.tell(ProjectionBehavior.stopMessage());
    journal.kit.createTestProbe().expectTerminated(first, LONG);
    journal.database.execute("DELETE FROM pekko_projection_offset_store");
    journal.database.execute("TRUNCATE " + String.join(", ", FlagsFixture.TABLES));
    Flags.init(
        journal.kit.system(),
        journal.feed(1),
        journal.real,
        ClassStory::digest,
        FollowedJournal.SETTINGS);
    awaitAll(written);
  }

  @Test
  void whateverFailsInBetweenNothingIsFlaggedTwiceOrForgotten() {
    List<FeedEnvelope> written = journal.writeInterleaved(feeds, new Random(2));
    var faults = new FaultyFollower.Faults(new Random(7));
    ActorRef<ProjectionBehavior.Command> unused =
        journal.kit.spawn(
            ProjectionBehavior.create(
                Flags.projection(
                    journal.kit.system(),
                    journal.feed(1),
                    () -> new FaultyFollower.Session(journal.database.session(), faults),
                    () ->
                        new FaultyFollower(
                            new EventGroupHandler<>(
                                new FlagTables(ClassStory::digest, FlagsFixture.TAPS_KEPT)::apply),
                            faults),
                    FollowedJournal.SETTINGS)));
    awaitAll(written);
    assertTrue(faults.made.get() > 20, "faults made: " + faults.made.get());
  }

  @Test
  void eventsThatComeAgainChangeNothing() {
    List<FeedEnvelope> written = journal.writeInterleaved(feeds, new Random(3));
    expected.apply(written);
    List<String> before = expected.everything();
    expected.apply(written);
    assertSame(before, expected.everything());
  }
}
