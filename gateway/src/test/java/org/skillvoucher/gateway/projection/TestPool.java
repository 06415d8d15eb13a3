package org.skillvoucher.gateway.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** A migrated database of its own, and a pool as production has it: without auto-commit. */
public final class TestPool implements AutoCloseable {
  final String url = TestPostgres.freshDatabase();
  public final HikariDataSource pool = new HikariDataSource(config(url));

  private static HikariConfig config(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setAutoCommit(false);
    config.setMaximumPoolSize(6);
    return config;
  }

  /** A session as pekko-projection wants it. */
  public record Session(Connection connection) implements JdbcSession {
    @Override
    public <R> R withConnection(Function<Connection, R> work) throws Exception {
      return work.apply(connection);
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

  public Session session() {
    try {
      return new Session(pool.getConnection());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public int execute(String sql, Object... parameters) {
    try {
      return Sql.inTransaction(pool, connection -> Sql.update(connection, sql, parameters));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Applies events to the read models, in one transaction and each by itself. */
  public void apply(List<FeedEnvelope> events) {
    try {
      Sql.inTransaction(
          pool,
          connection -> {
            for (FeedEnvelope event : events) {
              EventTables.apply(connection, List.of(event));
            }
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of each row, as text. */
  public List<String> column(String sql, Object... parameters) {
    try {
      return Sql.inTransaction(
          pool,
          connection ->
              Sql.query(connection, sql, row -> String.valueOf(row.getString(1)), parameters));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public String one(String sql, Object... parameters) {
    return column(sql, parameters).getFirst();
  }

  @Override
  public void close() {
    pool.close();
  }
}
