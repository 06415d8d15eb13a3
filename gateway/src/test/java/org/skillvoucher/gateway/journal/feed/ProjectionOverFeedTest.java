package org.skillvoucher.gateway.journal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSession;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.writer.JournalConfig;
import org.skillvoucher.gateway.journal.writer.Writers;

class ProjectionOverFeedTest {
  private static final String NAME = "tried";

  private final String url = TestPostgres.freshDatabase();
  private final ActorTestKit testKit = ActorTestKit.create("projection", JournalConfig.of(url));
  private final Database database = Database.open(JournalConfig.settings(url));
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Feed feed =
      new Feed(database, threads, new FeedSettings(Duration.ofMillis(10), 50, 2));
  private final AtomicInteger failures = new AtomicInteger();

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
    database.close();
    threads.shutdown();
  }

  @Test
  void aProjectionThatFailsAndIsRestartedLosesAndDoublesNothing() throws Exception {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE tried (what TEXT NOT NULL)");
    }
    var first = start();
    var writers = new Writers(url);
    writers.run(8, 25);
    first.forEach(testKit::stop); // in the midst of it, most likely
    var second = start();
    writers.run(8, 25, 8);

    int expected = writers.committed().size();
    Eventually.check(
        Duration.ofSeconds(20), "all events are applied", () -> applied().size() >= expected);
    second.forEach(testKit::stop);
    List<String> applied = applied();
    assertEquals(expected, applied.size());
    assertEquals(writers.committed(), new HashSet<>(applied));
    assertTrue(failures.get() > 0, "the handler failed now and then");
    for (String offset : query("SELECT current_offset FROM pekko_projection_offset_store")) {
      assertTrue(offset.matches("[0-9]+:[0-9]+"), offset);
    }
  }

  private List<ActorRef<ProjectionBehavior.Command>> start() {
    List<ActorRef<ProjectionBehavior.Command>> started = new ArrayList<>();
    for (int slice = 0; slice < feed.slices(); slice++) {
      started.add(
          testKit.spawn(
              ProjectionBehavior.create(
                  JdbcProjection.exactlyOnce(
                      feed.projectionId(NAME, slice),
                      feed.source(slice),
                      database::session,
                      Applying::new,
                      testKit.system()))));
    }
    return started;
  }

  private List<String> applied() {
    return query("SELECT what FROM tried");
  }

  private List<String> query(String sql) {
    try (var connection = DriverManager.getConnection(url);
        var rows = connection.createStatement().executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Applying extends JdbcHandler<FeedEnvelope, DatabaseSession> {
    private final Random random = new Random(7);

    @Override
    public void process(DatabaseSession session, FeedEnvelope envelope) throws SQLException {
      apply(session.connection(), envelope);
      if (random.nextInt(60) == 0) {
        failures.incrementAndGet();
        throw new IllegalStateException("fails on purpose");
      }
    }

    private static void apply(Connection connection, FeedEnvelope envelope) throws SQLException {
      try (var insert = connection.prepareStatement("INSERT INTO tried VALUES (?)")) {
        insert.setString(1, envelope.persistenceId() + "#" + envelope.sequenceNr());
        insert.executeUpdate();
      }
    }
  }
}
