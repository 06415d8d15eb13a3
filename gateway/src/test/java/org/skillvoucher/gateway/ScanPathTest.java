package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** Read models, flags and the feed are not on the scan path. */
class ScanPathTest {
  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  private static final int PEOPLE = 8;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** The tables of the scan path. */
  private static final List<String> OF_THE_PATH =
      List.of("event_journal", "snapshot", "token", "vault_person", "idempotency_key");

  private final Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);

  ScanPathTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aScanIsOneEventAndWaitsForNoReadModel() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (var platform =
            new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1")));
        TestNode node = TestNode.start(url, platform, folder.resolve("keys"), now::get)) {
      ClassOverHttp client = node.client(node.credentials(), LESSON);
      String classId = client.untilOpen(PEOPLE, 2);
      TestDevice inside = client.enrol("inside", DeviceSuite.P256);
      now.set(LESSON.minus(Duration.ofMinutes(10)));
      client.beacon(client.door());
      now.set(LESSON);
      try (Connection locked = locked(url)) {
        long before = events(locked);
        List<Trainee> trainees = Trainee.first(PEOPLE);
        for (int i = 0; i < PEOPLE; i++) {
          var place = new TestDevice.Place(classId, "L1", Act.IN, LESSON.plusSeconds(i));
          TestDevice.Tap tap = inside.captured(trainees.get(i), place);
          assertEquals(201, client.scan(inside, tap, "in-" + i).statusCode());
          assertEquals(before + i + 1, events(locked));
          assertEquals(200, client.scan(inside, tap, "in-" + i).statusCode());
          assertEquals(before + i + 1, events(locked), "a replay writes nothing");
        }
        now.set(LESSON.plus(Duration.ofHours(20)));
        List<TestDevice.Tap> offline = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
          Instant at = LESSON.plus(ClassOverHttp.LESSON_LENGTH).plusSeconds(i);
          offline.add(
              client
                  .door()
                  .captured(trainees.get(i), new TestDevice.Place(classId, "L1", Act.OUT, at)));
        }
        assertEquals(PEOPLE, client.batch(client.door(), offline).get("attended").asInt());
        assertEquals(before + 2 * PEOPLE, events(locked));
        assertEquals(PEOPLE, client.batch(client.door(), offline).get("replayed").asInt());
        assertEquals(before + 2 * PEOPLE, events(locked));
        locked.rollback();
      }
    }
  }

  /** Locks every other table, also against reading. */
  private static Connection locked(String url) throws Exception {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    String all = String.join(", ", otherTables(connection));
    ClassOverHttp.await(() -> lockedAtOnce(connection, all));
    return connection;
  }

  /**
   * All or none: a lock that waited for a projection's transaction, which itself waits for a table
   * locked already, would be a deadlock.
   */
  private static boolean lockedAtOnce(Connection connection, String tables) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE NOWAIT");
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      return false;
    }
  }

  private static List<String> otherTables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (var statement = connection.createStatement()) {
      try (var rows =
          statement.executeQuery(
              "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
    }
    tables.removeAll(OF_THE_PATH);
    return tables;
  }

  private static long events(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM event_journal")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
