package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSettings;
import org.skillvoucher.gateway.development.EmbeddedDatabase;
import org.skillvoucher.gateway.development.EmbeddedDatabaseSettings;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.JournalRows;
import scala.jdk.javaapi.FutureConverters;

/** Many entities write while PostgreSQL is killed, and go on when it is back. */
class KilledPostgresTest {
  private static final int ENTITIES = 24;
  private static final int KILLS = 3;
  private static final int BETWEEN_KILLS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedDatabase database;
  private final JournalWriter writer;
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean running = true;

  KilledPostgresTest(@TempDir Path folder) {
    database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder));
    Database.migrate(
        new DatabaseSettings(database.url(), "", "", 2),
        TestPostgres.configFolder().resolve("migrations"));
    writer =
        JournalWriter.start(
            new JournalInsert.Address(database.url(), "", ""),
            new JournalSettings(2, 100, 1000, Duration.ofSeconds(2), Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    writer.close();
    database.close();
  }

  @Test
  void whatWasAcknowledgedIsThereOnceAfterPostgresWasKilledInTheMiddleOfBatches() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> entities = new ArrayList<>();
      for (int entity = 0; entity < ENTITIES; entity++) {
        String persistenceId = "class|" + entity;
        entities.add(threads.submit(() -> live(persistenceId)));
      }
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          untilWritten(BETWEEN_KILLS);
          killPostgres();
        }
        untilWritten(BETWEEN_KILLS);
      } finally {
        running = false;
      }
      for (int entity = 0; entity < ENTITIES; entity++) {
        long last = entities.get(entity).get(60, TimeUnit.SECONDS);
        assertEquals(last, highest("class|" + entity));
      }
    }
    assertEquals(
        0,
        number(
            """
            SELECT count(*) FROM (SELECT persistence_id FROM event_journal GROUP BY persistence_id
                                   HAVING count(*) <> max(sequence_number)) holes"""));
    assertTrue(writer.meters().connections() > KILLS);
  }

  /** Writes one event after the other; when one fails, the journal has its position. */
  private long live(String persistenceId) throws InterruptedException, SQLException {
    long last = 0;
    while (running) {
      var row = JournalRows.row(persistenceId, last + 1);
      try {
        FutureConverters.asJava(writer.write(List.of(row))).toCompletableFuture().get();
        last++;
        acknowledged.incrementAndGet();
      } catch (ExecutionException failed) {
        long found = recovered(persistenceId);
        assertTrue(found >= last, "lost an event that was acknowledged");
        last = found;
      }
    }
    return last;
  }

  /** As an actor recovers: again and again until the database answers. */
  private long recovered(String persistenceId) throws SQLException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return highest(persistenceId);
      } catch (SQLException e) {
        if (System.nanoTime() > giveUp) {
          throw e;
        }
        Eventually.pauseMillis(100);
      }
    }
  }

  private void untilWritten(int more) {
    long enough = acknowledged.get() + more;
    Eventually.check(PATIENCE, "the writers go on", () -> acknowledged.get() >= enough);
  }

  private void killPostgres() throws IOException {
    String postmaster =
        Files.readAllLines(database.folder().resolve("postgresql/postmaster.pid")).getFirst();
    assertTrue(ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow().destroyForcibly());
  }

  private long highest(String persistenceId) throws SQLException {
    return number(
        "SELECT coalesce(max(sequence_number), 0) FROM event_journal WHERE persistence_id = '"
            + persistenceId
            + "'");
  }

  private long number(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.url());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      assertTrue(row.next());
      return row.getLong(1);
    }
  }
}
