package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How far each entity has been applied: no event twice, none passed over. */
final class Applied {
  private Applied() {}

  /**
   * Moves an entity on to the given event.
   *
   * @return false when the event was applied before
   * @throws IllegalStateException when events in between are missing
   */
  static boolean advance(Connection connection, String persistenceId, long sequence)
      throws SQLException {
    int moved =
        sequence == 1
            ? Sql.update(
                connection,
                "INSERT INTO applied VALUES (?, 1, 1) ON CONFLICT (persistence_id) DO NOTHING",
                persistenceId)
            : Sql.update(
                connection,
                """
                UPDATE applied SET last_sequence = last_sequence + 1, events = events + 1
                WHERE persistence_id = ? AND last_sequence = ? - 1""",
                persistenceId,
                sequence);
    if (moved == 1) {
      return true;
    }
    long last = last(connection, persistenceId);
    if (sequence <= last) {
      return false;
    }
    throw new IllegalStateException(
        "a gap in the feed: " + persistenceId + " goes from " + last + " to " + sequence);
  }

  private static long last(Connection connection, String persistenceId) throws SQLException {
    List<Long> found =
        Sql.query(
            connection,
            "SELECT last_sequence FROM applied WHERE persistence_id = ?",
            row -> row.getLong(1),
            persistenceId);
    return found.isEmpty() ? 0 : found.getFirst();
  }
}
