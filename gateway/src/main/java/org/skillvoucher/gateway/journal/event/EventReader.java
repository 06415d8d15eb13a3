package org.skillvoucher.gateway.journal.event;

import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.skillvoucher.gateway.database.Database;

/** Reads single events by their primary key, for example the one with a receipt. */
public final class EventReader {
  private static final String QUERY =
      """
      SELECT event_ser_id, event_ser_manifest, event_payload
        FROM event_journal
       WHERE persistence_id = ? AND sequence_number = ?""";

  private final Database database;
  private final Executor executor;

  /** Queries block threads of the executor. */
  public EventReader(Database database, Executor executor) {
    this.database = database;
    this.executor = executor;
  }

  /**
   * One event.
   *
   * @param persistenceId such as {@code class|C0123}
   * @return the event; empty when there is none of this number; the stage fails when the database
   *     does not answer or the event cannot be read
   */
  public CompletionStage<Optional<Object>> event(String persistenceId, long sequenceNr) {
    return CompletableFuture.supplyAsync(
        () -> database.read(connection -> read(connection, persistenceId, sequenceNr)), executor);
  }

  private static Optional<Object> read(Connection connection, String persistenceId, long sequenceNr)
      throws SQLException {
    try (var query = connection.prepareStatement(QUERY)) {
      query.setString(1, persistenceId);
      query.setLong(2, sequenceNr);
      try (var row = query.executeQuery()) {
        return row.next()
            ? Optional.of(decode(row.getInt(1), row.getString(2), row.getBytes(3)))
            : Optional.empty();
      }
    }
  }

  /**
   * What a row of the journal holds.
   *
   * @throws UncheckedIOException naming the event that cannot be read
   */
  public static Object decode(int serializer, String name, byte[] payload) {
    try {
      if (serializer != EventSerializer.IDENTIFIER) {
        throw new NotSerializableException(
            "the journal holds an event of the unknown serializer " + serializer);
      }
      return EventSerializer.read(name, payload);
    } catch (NotSerializableException e) {
      throw new UncheckedIOException(e);
    }
  }
}
