package org.skillvoucher.gateway.journal.feed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal's table beside its writer: asked, and held so that writes pile up before it.
 *
 * @param url the database, user and password included
 */
public record TestTable(String url) {
  public List<String> query(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Nobody writes to the table until this is closed. */
  public Hold hold() throws SQLException {
    return hold("SHARE");
  }

  /** Nobody even reads it. */
  public Hold holdFromReaders() throws SQLException {
    return hold("ACCESS EXCLUSIVE");
  }

  private Hold hold(String mode) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE event_journal IN " + mode + " MODE");
    }
    return new Hold(connection);
  }

  /** Ends the writers' connections, as an administrator may. */
  public void endWriters() throws SQLException {
    query(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'vgw journal writer'""");
  }

  /** The lock. */
  public record Hold(Connection connection) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
