package org.skillvoucher.gateway.journal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.writer.JournalConfig;
import org.skillvoucher.gateway.journal.writer.Writers;

/** Many follow one journal, of which little is kept in memory. */
class TailCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final FeedSettings SETTINGS = new FeedSettings(Duration.ofMillis(5), 7, 2);
  private static final TailCache.Bounds SMALL = new TailCache.Bounds(20, 600);
  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create("tail", JournalConfig.of("jdbc:postgresql://unused/unused"));

  private final String url = TestPostgres.freshDatabase();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Database database = Database.open(JournalConfig.settings(url));
  private final Feed feed = new Feed(database, threads, SETTINGS, SMALL);

  @AfterEach
  void close() {
    threads.close();
    database.close();
  }

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  /** One that joins, dawdles, stops, and comes back to where it was, as chance will have it. */
  private static final class Wanderer implements Callable<List<String>> {
    private final SourceProvider<String, FeedEnvelope> source;
    private final AtomicBoolean written;
    private final Random random;
    private final List<String> had = new ArrayList<>();
    private Optional<String> offset = Optional.empty();

    Wanderer(SourceProvider<String, FeedEnvelope> source, AtomicBoolean written, int seed) {
      this.source = source;
      this.written = written;
      this.random = new Random(seed);
    }

    @Override
    public List<String> call() {
      int quiet = 0;
      while (quiet < 3) {
        Eventually.pauseMillis(random.nextInt(4) == 0 ? random.nextInt(150) : 0);
        boolean over = written.get();
        List<FeedEnvelope> more = episode(over ? 300 : 5 + random.nextInt(150));
        quiet = over && more.isEmpty() ? quiet + 1 : 0;
        for (FeedEnvelope envelope : more) {
          offset = Optional.of(envelope.offset());
          if (!(envelope.event() instanceof Feed.Heartbeat)) {
            had.add(nameOf(envelope));
          }
        }
      }
      return had;
    }

    private List<FeedEnvelope> episode(int millis) {
      int slowness = random.nextInt(3) == 0 ? 5 : 0;
      return source
          .source(() -> CompletableFuture.completedFuture(offset))
          .thenCompose(
              from ->
                  from.mapAsync(1, envelope -> later(envelope, slowness))
                      .takeWithin(Duration.ofMillis(millis))
                      .take(1 + random.nextInt(300))
                      .runWith(Sink.seq(), TEST_KIT.system()))
          .toCompletableFuture()
          .join();
    }

    private static CompletableFuture<FeedEnvelope> later(FeedEnvelope envelope, int millis) {
      return millis == 0
          ? CompletableFuture.completedFuture(envelope)
          : new CompletableFuture<FeedEnvelope>()
              .completeOnTimeout(envelope, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void whoeverComesFallsBehindOrComesBackHasEverythingOnceAndInOrder() throws Exception {
    var written = new AtomicBoolean();
    Feed inOneSlice = feed.inOneSlice();
    List<SourceProvider<String, FeedEnvelope>> sources =
        List.of(
            feed.source(0),
            feed.source(1),
            feed.source(0),
            feed.source(1, Set.of(VoucherEvent.Claimed.class)),
            inOneSlice.source(0),
            inOneSlice.source(0, Set.of(VoucherEvent.Claimed.class)));
    List<Future<List<String>>> running = new ArrayList<>();
    for (int n = 0; n < sources.size(); n++) {
      running.add(threads.submit(new Wanderer(sources.get(n), written, n)));
    }
    var writers = new Writers(url);
    writers.run(12, 40);
    written.set(true);

    assertEquals(writers.committed(), new HashSet<>(journal("0 = ?", 0)));
    String slice = Feed.sliceOf("persistence_id").replace("?", "2") + " = ?";
    assertEquals(journal(slice, 0), running.get(0).get());
    assertEquals(journal(slice, 1), running.get(1).get());
    assertEquals(journal(slice, 0), running.get(2).get());
    assertEquals(journal(slice, 1), running.get(3).get());
    assertEquals(journal("0 = ?", 0), running.get(4).get());
    assertEquals(journal("0 = ?", 0), running.get(5).get());
  }

  @Test
  void anEventIsDecodedOnceForAllAtTheTail() throws Exception {
    var one = following(6, feed.inOneSlice().source(0), Optional.empty());
    var other = following(6, feed.inOneSlice().source(0), Optional.empty());
    write("voucher|V1", 1, 6);
    assertEquals(one.join(), other.join());
    assertSame(one.join().getLast().event(), other.join().getLast().event());
  }

  @Test
  void whoStartsReadsForItselfUntilItComesToTheOthers() throws Exception {
    write("voucher|V1", 1, 6);
    List<FeedEnvelope> one = first(6, feed.inOneSlice().source(0), Optional.empty());
    List<FeedEnvelope> other = first(6, feed.inOneSlice().source(0), Optional.empty());
    assertEquals(one, other);
    assertNotSame(one.getLast().event(), other.getLast().event());
  }

  @Test
  void aFollowerThatStartsAheadHoldsNoOtherBack() throws Exception {
    write("voucher|V1", 1, 40);
    Feed inOneSlice = feed.inOneSlice();
    List<FeedEnvelope> all = first(40, inOneSlice.source(0), Optional.empty());
    Feed another = new Feed(database, threads, SETTINGS, SMALL).inOneSlice();
    List<FeedEnvelope> some = first(7, another.source(0), Optional.empty());
    assertEquals(
        all.subList(30, 40), first(10, another.source(0), Optional.of(all.get(29).offset())));
    assertEquals(
        all.subList(7, 40), first(33, another.source(0), Optional.of(some.getLast().offset())));
  }

  @Test
  void anEventThatCannotBeReadHoldsUpOnlyWhoWantsIt() throws Exception {
    write("voucher|V1", 1, 3);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE event_journal SET event_ser_manifest = 'none/1' WHERE sequence_number = 2");
    }
    Feed inOneSlice = feed.inOneSlice();
    List<FeedEnvelope> claims =
        first(2, inOneSlice.source(0, Set.of(VoucherEvent.Claimed.class)), Optional.empty());
    assertEquals("voucher|V1#3", nameOf(claims.getLast()));
    var held =
        assertThrows(
            CompletionException.class, () -> first(3, inOneSlice.source(0), Optional.empty()));
    assertTrue(String.valueOf(held.getMessage()).contains("none/1"), held::toString);
  }

  @Test
  void afterManyEventsTheNextPollIsLater() throws Exception {
    Duration interval = Duration.ofMillis(100);
    TailCache tail =
        new TailCache(
            database, threads, new FeedSettings(interval, 1_000, 1), TailCache.Bounds.LARGE);
    write("voucher|V1", 1, 30);
    long began = System.nanoTime();
    List<TailCache.Row> many = rows(tail, JournalOffset.START);
    assertEquals(30, many.size());
    write("voucher|V2", 1, 1);
    assertEquals(1, rows(tail, many.getLast().at()).size());
    assertTrue(System.nanoTime() - began >= interval.multipliedBy(4).toNanos());
  }

  private static List<TailCache.Row> rows(TailCache tail, JournalOffset after) {
    return assertInstanceOf(
            TailCache.Next.Rows.class, tail.after(after).toCompletableFuture().join())
        .rows();
  }

  private static List<FeedEnvelope> first(
      int events, SourceProvider<String, FeedEnvelope> source, Optional<String> offset) {
    return following(events, source, offset).join();
  }

  private static CompletableFuture<List<FeedEnvelope>> following(
      int events, SourceProvider<String, FeedEnvelope> source, Optional<String> offset) {
    return source
        .source(() -> CompletableFuture.completedFuture(offset))
        .thenCompose(
            from ->
                from.completionTimeout(PATIENCE)
                    .take(events)
                    .runWith(Sink.seq(), TEST_KIT.system()))
        .toCompletableFuture();
  }

  private void write(String persistenceId, int first, int last) throws SQLException {
    try (var connection = DriverManager.getConnection(url)) {
      for (int number = first; number <= last; number++) {
        Writers.insert(connection, persistenceId, number);
      }
    }
  }

  private List<String> journal(String condition, int parameter) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var query =
            connection.prepareStatement(
                "SELECT persistence_id || '#' || sequence_number FROM event_journal WHERE "
                    + condition
                    + " ORDER BY tx, ordering")) {
      query.setInt(1, parameter);
      List<String> names = new ArrayList<>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      return names;
    }
  }

  private static String nameOf(FeedEnvelope envelope) {
    return envelope.persistenceId() + "#" + envelope.sequenceNr();
  }
}
