package org.skillvoucher.gateway.journal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.event.Samples;
import org.skillvoucher.gateway.journal.writer.JournalConfig;
import org.skillvoucher.gateway.journal.writer.Writers;

class FeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final FeedSettings SETTINGS = new FeedSettings(Duration.ofMillis(10), 50, 2);
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create("feed", JournalConfig.of("jdbc:postgresql://unused/unused"));

  private final String url = TestPostgres.freshDatabase();
  private final Database database = Database.open(JournalConfig.settings(url));
  private final Feed feed = new Feed(database, THREADS, SETTINGS);
  private final List<UniqueKillSwitch> running = new ArrayList<>();

  @AfterEach
  void stopReading() {
    running.forEach(UniqueKillSwitch::shutdown);
    database.close();
  }

  @AfterAll
  static void stopEverything() {
    TEST_KIT.shutdownTestKit();
    THREADS.shutdown();
  }

  @Test
  void everyCommittedEventComesOnceAndEachEntitysInOrder() throws Exception {
    List<FeedEnvelope> first = read(feed, 0, Optional.empty());
    List<FeedEnvelope> second = read(feed, 1, Optional.empty());
    var writers = new Writers(url);
    writers.run(16, 60);
    int expected = writers.committed().size();
    Eventually.check(
        PATIENCE,
        "all " + expected + " events arrive",
        () -> first.size() + second.size() >= expected);

    List<FeedEnvelope> all = new ArrayList<>(first);
    all.addAll(second);
    assertEquals(expected, all.size());
    assertEquals(writers.committed(), new HashSet<>(all.stream().map(FeedTest::nameOf).toList()));
    Map<String, Long> last = new HashMap<>();
    for (FeedEnvelope envelope : all) {
      long before = last.getOrDefault(envelope.persistenceId(), 0L);
      assertEquals(before + 1, envelope.sequenceNr(), envelope.persistenceId());
      last.put(envelope.persistenceId(), envelope.sequenceNr());
    }
    assertTrue(!first.isEmpty() && !second.isEmpty(), "both slices have entities");
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassedBy() throws Exception {
    var oneSlice = new Feed(database, THREADS, new FeedSettings(Duration.ofMillis(10), 50, 1));
    List<FeedEnvelope> read = read(oneSlice, 0, Optional.empty());
    try (var early = DriverManager.getConnection(url);
        var late = DriverManager.getConnection(url)) {
      late.setAutoCommit(false);
      Writers.takeTransactionId(late);
      Writers.insert(early, "voucher|early", 1);
      Eventually.pauseMillis(150);
      assertEquals(List.of(), read, "nothing above an open transaction is shown");
      Writers.insert(late, "voucher|late", 1);
      late.commit();
      Eventually.check(PATIENCE, "both events arrive", () -> read.size() == 2);
    }
    assertEquals(
        List.of("voucher|late#1", "voucher|early#1"), read.stream().map(FeedTest::nameOf).toList());
  }

  @Test
  void anOffsetIsTransactionAndOrderingAndTheFeedGoesOnBehindIt() throws Exception {
    var oneSlice = new Feed(database, THREADS, new FeedSettings(Duration.ofMillis(10), 2, 1));
    try (var connection = DriverManager.getConnection(url)) {
      for (int number = 1; number <= 5; number++) {
        Writers.insert(connection, "voucher|V1", number);
      }
    }
    List<FeedEnvelope> all = read(oneSlice, 0, Optional.empty());
    Eventually.check(PATIENCE, "five events arrive", () -> all.size() == 5);
    assertTrue(all.get(2).offset().matches("[0-9]+:3"), all.get(2).offset());
    assertEquals(new VoucherEvent.Claimed(Samples.AT), all.get(2).event());

    List<FeedEnvelope> rest = read(oneSlice, 0, Optional.of(all.get(2).offset()));
    Eventually.check(PATIENCE, "the last two come again", () -> rest.size() == 2);
    assertEquals(all.subList(3, 5), rest);
  }

  @Test
  void aFollowerOfSomeEventsHasHeartbeatsForTheOthers() throws Exception {
    var oneSlice = new Feed(database, THREADS, new FeedSettings(Duration.ofMillis(10), 3, 1));
    List<FeedEnvelope> read =
        read(oneSlice.source(0, Set.of(VoucherEvent.Voided.class)), Optional.empty());
    try (var connection = DriverManager.getConnection(url)) {
      for (int number = 1; number <= 3; number++) {
        Writers.insert(connection, "voucher|V1", number);
      }
    }
    Eventually.check(PATIENCE, "the offset moves on", () -> !read.isEmpty());
    assertEquals(
        Set.of(new Feed.Heartbeat()), Set.copyOf(read.stream().map(FeedEnvelope::event).toList()));
    Eventually.check(PATIENCE, "to the last", () -> read.getLast().offset().endsWith(":3"));

    List<FeedEnvelope> claims =
        read(oneSlice.source(0, Set.of(VoucherEvent.Claimed.class)), Optional.empty());
    Eventually.check(PATIENCE, "what is asked for comes", () -> claims.size() == 3);
    assertEquals("voucher|V1#3", nameOf(claims.getLast()));
  }

  @Test
  void lagIsTheAgeOfTheOldestEventNotYetApplied() throws Exception {
    var lag = new FeedLag(database, THREADS, SETTINGS);
    assertEquals(Duration.ZERO, lag.of("views").toCompletableFuture().get());
    try (var connection = DriverManager.getConnection(url)) {
      Writers.insert(connection, "voucher|V1", 1);
      Eventually.check(PATIENCE, "time passes", () -> lagMillis(lag) >= 20);
      saveOffset(connection, "0/2", "9999999999:1");
      saveOffset(connection, "1/2", "9999999999:1");
      assertEquals(0, lagMillis(lag));
      lag.checkSlices("views");
      saveOffset(connection, "2/3", "1:1");
      assertThrows(IllegalStateException.class, () -> lag.checkSlices("views"));
    }
  }

  private static long lagMillis(FeedLag lag) {
    return lag.of("views").toCompletableFuture().join().toMillis();
  }

  private static void saveOffset(java.sql.Connection connection, String key, String offset)
      throws java.sql.SQLException {
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO pekko_projection_offset_store VALUES ('views', ?, ?, 'STR', FALSE, 0)")) {
      statement.setString(1, key);
      statement.setString(2, offset);
      statement.executeUpdate();
    }
  }

  private List<FeedEnvelope> read(Feed from, int slice, Optional<String> offset) {
    return read(from.source(slice), offset);
  }

  private List<FeedEnvelope> read(
      SourceProvider<String, FeedEnvelope> from, Optional<String> offset) {
    List<FeedEnvelope> read = new CopyOnWriteArrayList<>();
    var killSwitch =
        from.source(() -> CompletableFuture.completedFuture(offset))
            .toCompletableFuture()
            .join()
            .viaMat(KillSwitches.single(), Keep.right())
            .to(Sink.foreach(read::add))
            .run(TEST_KIT.system());
    running.add(killSwitch);
    return read;
  }

  private static String nameOf(FeedEnvelope envelope) {
    return envelope.persistenceId() + "#" + envelope.sequenceNr();
  }
}
