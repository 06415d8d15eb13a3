package org.skillvoucher.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.projection.jdbc.JdbcSession;

/** One transaction of a projection: its handler's writes and its offset, together or not at all. */
public final class DatabaseSession implements JdbcSession {
  private final Connection connection;

  DatabaseSession(Connection connection) {
    this.connection = connection;
  }

  @Override
  public <R> R withConnection(Function<Connection, R> work) throws Exception {
    return work.apply(connection);
  }

  /** The connection of this transaction, for handlers that throw {@link SQLException} anyway. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
