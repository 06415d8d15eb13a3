package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.Database;
import org.skillvoucher.gateway.journal.DatabaseSettings;
import org.skillvoucher.gateway.journal.Feed;
import org.skillvoucher.gateway.journal.FeedEnvelope;
import org.skillvoucher.gateway.journal.FeedSettings;

/** The read side on a real journal: the serializer's own bytes, the feed, the projection. */
class ReadModelsTest {
  private static final int SLICES = 2;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ReadModelSettings SETTINGS = new ReadModelSettings(7, Duration.ofMillis(5));

  private final TestPool database = new TestPool();
  private final ActorTestKit kit = ActorTestKit.create("read-models-test", config());
  private final ExecutorService executor = Executors.newFixedThreadPool(SLICES);
  private final Database real =
      Database.open(new DatabaseSettings(database.url, "postgres", "postgres", 6));
  private final Feed feed =
      new Feed(real, executor, new FeedSettings(Duration.ofMillis(5), 50, SLICES));

  private Config config() {
    return ConfigFactory.parseString(
            """
            vgw {
              database { user = postgres, password = postgres, journal-connections-max = 1 }
              feed.threads-max = 4
            }
            pekko.loglevel = OFF
            pekko.projection.restart-backoff { min-backoff = 5ms, max-backoff = 20ms }
            """)
        .withFallback(ConfigFactory.parseMap(Map.of("vgw.database.url", database.url)))
        .withFallback(
            ConfigFactory.parseFile(TestPostgres.configFolder().resolve("pekko.conf").toFile()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  @BeforeEach
  void join() {
    var cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    executor.shutdownNow();
    real.close();
    database.close();
  }

  /** Writes events as the journal does, the events of one call in one transaction. */
  private void write(List<FeedEnvelope> events) {
    var serialization = SerializationExtension.get(kit.system());
    try {
      Sql.inTransaction(
          database.pool,
          connection -> {
            for (FeedEnvelope event : events) {
              if (!(serialization.findSerializerFor(event.event())
                  instanceof SerializerWithStringManifest serializer)) {
                throw new IllegalStateException("no serializer with a manifest");
              }
              Sql.update(
                  connection,
                  """
                  INSERT INTO event_journal
                    (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                     event_ser_manifest, event_payload)
                  VALUES (?, ?, 'w', ?, ?, ?, ?)""",
                  event.persistenceId(),
                  event.sequenceNr(),
                  System.currentTimeMillis(),
                  serializer.identifier(),
                  serializer.manifest(event.event()),
                  serializer.toBinary(event.event()));
            }
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClassStory story(String id) {
    ClassStory story = new ClassStory(id).opened(3, 2);
    for (int lesson = 0; lesson < 2; lesson++) {
      for (int person = 0; person < 3; person++) {
        story.scanned(person, lesson, Act.IN, person * 5);
      }
      for (int person = 0; person < 3; person++) {
        story.scanned(person, lesson, Act.OUT, person);
      }
    }
    return story.closed();
  }

  /** The stories interleaved, each in its order, in transactions of one to four events. */
  private void writeInterleaved(int stories, Random random) {
    List<List<FeedEnvelope>> left = new ArrayList<>();
    for (int n = 0; n < stories; n++) {
      left.add(new ArrayList<>(story("C" + n).feed()));
    }
    while (!left.isEmpty()) {
      List<FeedEnvelope> one = left.get(random.nextInt(left.size()));
      List<FeedEnvelope> next = one.subList(0, Math.min(one.size(), 1 + random.nextInt(4)));
      write(next);
      next.clear();
      if (one.isEmpty()) {
        left.remove(one);
      }
    }
  }

  private <S extends JdbcSession> void follow(
      Supplier<S> sessions, Supplier<JdbcHandler<List<FeedEnvelope>, S>> follower) {
    for (int slice = 0; slice < SLICES; slice++) {
      ActorRef<ProjectionBehavior.Command> unused =
          kit.spawn(
              ProjectionBehavior.create(
                  ReadModels.projection(kit.system(), feed, slice, sessions, follower, SETTINGS)));
    }
  }

  private Views.AuditReport audit() {
    return new JdbcViews(database.pool, Runnable::run, InstantSource.system())
        .audit()
        .toCompletableFuture()
        .join();
  }

  private void awaitCaughtUp(int stories) {
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(50),
            () -> {
              Views.AuditReport report = audit();
              assertTrue(report.journalEvents() > 0);
              assertEquals(List.of(), report.differences());
              assertEquals(report.journalEvents(), report.appliedEvents());
              return stories;
            });
    assertEquals(Integer.toString(12 * stories), database.one("SELECT count(*) FROM receipt"));
    assertEquals(Integer.toString(stories), database.one("SELECT count(*) FROM evidence"));
    assertEquals(List.of("closed"), database.column("SELECT DISTINCT state FROM training_class"));
  }

  @Test
  void theReadSideFollowsTheJournal() {
    ReadModels.init(kit.system(), feed, real, ClassStory::digest, SETTINGS);
    writeInterleaved(10, new Random(1));
    awaitCaughtUp(10);
    assertEquals("2", database.one("SELECT count(*) FROM pekko_projection_offset_store"));
  }

  @Test
  void whateverFailsInBetweenEachEventCountsOnce() {
    EventTables tables = new EventTables(ClassStory::digest);
    Faults faults = new Faults(new Random(7));
    follow(
        () -> new FaultySession(database.session(), faults),
        () -> new FaultyFollower(tables, faults));
    writeInterleaved(20, new Random(2));
    awaitCaughtUp(20);
    assertTrue(faults.made.get() > 20, "faults made: " + faults.made.get());
  }

  @Test
  void aGapHoldsItsSliceUntilItIsMended() {
    List<FeedEnvelope> whole = story("C1").feed();
    List<FeedEnvelope> holed = new ArrayList<>(whole);
    holed.remove(3);
    AtomicInteger failures = new AtomicInteger();
    EventTables tables = new EventTables(ClassStory::digest);
    follow(database::session, () -> new CountingFollower(tables, failures));
    write(holed);
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(20),
            () -> {
              assertTrue(failures.get() > 3);
              return true;
            });
    assertEquals("0", database.one("SELECT count(*) FROM evidence"));
    // Whoever mends it must put the event where the feed will meet it: before the others.
    database.execute("DELETE FROM event_journal");
    write(whole);
    awaitCaughtUp(1);
  }

  @Test
  void anEventOfAVoucherIsInTheListAMomentLater() {
    ReadModels.init(kit.system(), feed, real, ClassStory::digest, SETTINGS);
    write(
        List.of(
            ClassStory.envelope("voucher|V1", 1, new VoucherEvent.Issued(terms(), Instant.EPOCH))));
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(20),
            () -> {
              assertEquals(List.of("issued"), database.column("SELECT state FROM voucher"));
              return true;
            });
  }

  private static VoucherTerms terms() {
    return new VoucherTerms(
        ClassStory.person(1),
        new RegionCode("990101"),
        new OccupationCode("6-31-01-03"),
        4,
        Instant.parse("2026-12-31T16:00:00Z"));
  }

  /** One failure in four chances, as long as there are any left. */
  private static final class Faults {
    private final AtomicInteger made = new AtomicInteger();
    private final Random random;

    Faults(Random random) {
      this.random = random;
    }

    synchronized void maybe(String where) {
      if (made.get() < 60 && random.nextInt(4) == 0) {
        made.incrementAndGet();
        throw new IllegalStateException("fault " + where);
      }
    }
  }

  /** Fails before a commit, and after one that the caller then believes to have failed. */
  private record FaultySession(TestPool.Session session, Faults faults) implements JdbcSession {
    @Override
    public <R> R withConnection(Function<Connection, R> work) throws Exception {
      return session.withConnection(work);
    }

    @Override
    public void commit() throws SQLException {
      faults.maybe("before commit");
      session.commit();
      faults.maybe("after commit");
    }

    @Override
    public void rollback() throws SQLException {
      session.rollback();
    }

    @Override
    public void close() throws SQLException {
      session.close();
    }
  }

  private static final class FaultyFollower extends JdbcHandler<List<FeedEnvelope>, FaultySession> {
    private final ReadModels.Follower<FaultySession> follower;
    private final Faults faults;

    FaultyFollower(EventTables tables, Faults faults) {
      follower = new ReadModels.Follower<>(tables);
      this.faults = faults;
    }

    @Override
    public void process(FaultySession session, List<FeedEnvelope> events) throws Exception {
      faults.maybe("before applying");
      follower.process(session, events.subList(0, events.size() / 2));
      faults.maybe("half way");
      follower.process(session, events.subList(events.size() / 2, events.size()));
      faults.maybe("after applying");
    }
  }

  private static final class CountingFollower
      extends JdbcHandler<List<FeedEnvelope>, TestPool.Session> {
    private final ReadModels.Follower<TestPool.Session> follower;
    private final AtomicInteger failures;

    CountingFollower(EventTables tables, AtomicInteger failures) {
      follower = new ReadModels.Follower<>(tables);
      this.failures = failures;
    }

    @Override
    public void process(TestPool.Session session, List<FeedEnvelope> events) throws Exception {
      try {
        follower.process(session, events);
      } catch (IllegalStateException e) {
        failures.incrementAndGet();
        throw e;
      }
    }
  }
}
