package org.skillvoucher.gateway;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * All tables of a database as text: before each one's rows, in COPY's format, a line with its name
 * and columns. What belongs to the machine and not to the data is stamped anew when it is loaded:
 * the transactions of the journal, and with them the offsets of its followers; the sequence of the
 * journal; the real time at which tokens end.
 */
final class RecordedTables {
  private static final String HEAD = "## ";

  private RecordedTables() {}

  static String dump(String databaseUrl) throws SQLException, IOException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(databaseUrl)) {
      for (String table : tables(connection)) {
        text.append(HEAD).append(table).append('\n');
        var rows = new StringWriter();
        copies(connection).copyOut("COPY (SELECT %s) TO STDOUT".formatted(selected(table)), rows);
        text.append(rows);
      }
    }
    return text.toString();
  }

  /** {@code columns FROM table}, in the order of its key, so that two dumps can be compared. */
  private static String selected(String table) {
    int bracket = table.indexOf(' ');
    return table.substring(bracket + 2, table.length() - 1)
        + " FROM "
        + table.substring(0, bracket)
        + (table.startsWith("event_journal") ? " ORDER BY ordering" : " ORDER BY 1, 2");
  }

  /** Such as {@code applied (persistence_id, last_sequence, events)}. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (var rows =
        connection
            .createStatement()
            .executeQuery(
                """
                SELECT table_name || ' (' ||
                       string_agg(column_name, ', ' ORDER BY ordinal_position) || ')'
                  FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name NOT LIKE 'flyway%'
                   AND (table_name, column_name) <> ('event_journal', 'tx')
                 GROUP BY table_name ORDER BY table_name\
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** Fills a new, migrated database. */
  static void load(String databaseUrl, String text) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL session_replication_role = replica"); // in any order
      for (String table : text.split("(?m)^" + HEAD, -1)) {
        int end = table.indexOf('\n');
        if (end > 0) {
          copies(connection)
              .copyIn(
                  "COPY " + table.substring(0, end) + " FROM STDIN",
                  new StringReader(table.substring(end + 1)));
        }
      }
      statement.execute(
          """
          UPDATE pekko_projection_offset_store
             SET current_offset = pg_current_xact_id() || ':' || split_part(current_offset, ':', 2)
          """);
      statement.execute(
          """
          SELECT setval(pg_get_serial_sequence('event_journal', 'ordering'), max(ordering))
            FROM event_journal\
          """);
      statement.execute("UPDATE token SET expires_at = '2999-01-01'");
      connection.commit();
    }
  }

  /** Leaves of each entity that has a snapshot only what came after it; returns those entities. */
  static List<String> forgetWhatSnapshotsHold(String databaseUrl) throws SQLException {
    List<String> entities = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    """
                    WITH forgotten AS (
                      DELETE FROM event_journal e USING snapshot s
                       WHERE e.persistence_id = s.persistence_id
                         AND e.sequence_number <= s.sequence_number
                      RETURNING e.persistence_id)
                    SELECT DISTINCT split_part(persistence_id, '|', 1) FROM forgotten
                     ORDER BY 1\
                    """)) {
      while (rows.next()) {
        entities.add(rows.getString(1));
      }
    }
    return entities;
  }
}
