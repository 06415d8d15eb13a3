package org.skillvoucher.gateway.security;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.skillvoucher.gateway.TestPostgres;

/** A pool on a fresh database that counts connections taken, and can be made unavailable. */
public final class CountingDataSource implements DataSource, AutoCloseable {
  public final AtomicInteger taken = new AtomicInteger();
  public volatile boolean away;
  private final HikariDataSource pool;

  public CountingDataSource() {
    var config = new HikariConfig();
    config.setJdbcUrl(TestPostgres.freshDatabase());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(8);
    pool = new HikariDataSource(config);
  }

  /** Every row of every table, as a dump would show it. */
  public String dump() throws SQLException {
    var text = new StringBuilder();
    try (var connection = pool.getConnection();
        var tables = connection.createStatement();
        var names =
            tables.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      while (names.next()) {
        try (var select = connection.createStatement();
            var rows = select.executeQuery("SELECT t::text FROM " + names.getString(1) + " t")) {
          while (rows.next()) {
            text.append(names.getString(1)).append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return text.toString();
  }

  public int update(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      int rows = statement.executeUpdate(sql);
      connection.commit();
      return rows;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    taken.incrementAndGet();
    if (away) {
      throw new SQLException("away");
    }
    return pool.getConnection();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
