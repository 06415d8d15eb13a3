package org.skillvoucher.gateway.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.skillvoucher.domain.trainingclass.ClassEvent;

/**
 * The database's own limit: the same rows into the same table by plain JDBC, a hundred rows a
 * statement and transaction, back to back.
 */
final class RawInserts {
  /** More connections only contend with each other. */
  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors();

  private static final int ROWS = 100;
  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,
                                 adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      SELECT p, s, false, 'raw', 0, '', i, m, b
        FROM unnest(?::text[], ?::int8[], ?::int4[], ?::text[], ?::bytea[]) AS u(p, s, i, m, b)""";

  private final String url;
  private final int serializer;
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> payloads = new ArrayList<>();

  /** The events are serialized beforehand. */
  RawInserts(String url, ActorSystem<?> system, List<ClassEvent> events) {
    this.url = url;
    var serialization = SerializationExtension.get(system);
    serializer = serialization.findSerializerFor(events.getFirst()).identifier();
    for (ClassEvent event : events) {
      names.add(Serializers.manifestFor(serialization.findSerializerFor(event), event));
      payloads.add(serialization.serialize(event).get());
    }
  }

  /**
   * Inserts for the given time, at least one statement a connection; returns the number of rows.
   */
  long during(Duration time) throws Exception {
    long deadline = System.nanoTime() + time.toNanos();
    long rows = 0;
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Long>> writers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        String prefix = "raw|" + i + ".";
        writers.add(() -> write(prefix, deadline));
      }
      for (Future<Long> written : threads.invokeAll(writers)) {
        rows += written.get();
      }
    }
    return rows;
  }

  private long write(String prefix, long deadline) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      long statements = 0;
      do {
        insert(connection, insert, prefix, ++statements);
      } while (System.nanoTime() < deadline);
      return statements * ROWS;
    }
  }

  /** One more event for each of a hundred entities. */
  private void insert(
      Connection connection, PreparedStatement insert, String prefix, long sequenceNumber)
      throws SQLException {
    String[] ids = new String[ROWS];
    Long[] numbers = new Long[ROWS];
    Integer[] serializers = new Integer[ROWS];
    String[] manifests = new String[ROWS];
    byte[][] bytes = new byte[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      int event = (int) ((sequenceNumber * ROWS + i) % payloads.size());
      ids[i] = prefix + i;
      numbers[i] = sequenceNumber;
      serializers[i] = serializer;
      manifests[i] = names.get(event);
      bytes[i] = payloads.get(event);
    }
    insert.setArray(1, connection.createArrayOf("text", ids));
    insert.setArray(2, connection.createArrayOf("int8", numbers));
    insert.setArray(3, connection.createArrayOf("int4", serializers));
    insert.setArray(4, connection.createArrayOf("text", manifests));
    insert.setArray(5, connection.createArrayOf("bytea", bytes));
    insert.executeUpdate();
  }
}
