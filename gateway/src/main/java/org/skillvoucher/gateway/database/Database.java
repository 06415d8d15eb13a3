package org.skillvoucher.gateway.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema, and the connection pool for reads and projections; the journal's writer has
 * connections of its own. The pool replaces a broken connection, so that a restart of PostgreSQL
 * needs no restart of the gateway.
 */
public final class Database implements AutoCloseable {
  private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(2);

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Migrates the schema; of several nodes that do so at once one runs at a time.
   *
   * @param folder the migrations, {@code config/migrations}
   * @return the versions applied now, none when the schema was up to date
   * @throws Unreachable when the database does not answer
   * @throws IllegalStateException naming the migration that failed, and why
   */
  public static List<String> migrate(DatabaseSettings settings, Path folder) {
    try {
      return flyway(settings, folder).migrate().migrations.stream()
          .map(applied -> applied.version)
          .toList();
    } catch (FlywayException e) {
      throw sanitized(e, "the migrations in " + folder + " failed");
    }
  }

  /**
   * Why this version cannot run on the current schema: a migration is not applied, or was changed
   * afterwards. Empty when the schema is up to date.
   */
  public static Optional<String> schemaFault(DatabaseSettings settings, Path folder) {
    try {
      var result = flyway(settings, folder).validateWithResult();
      return result.validationSuccessful
          ? Optional.empty()
          : Optional.of(result.getAllErrorMessages());
    } catch (FlywayException e) {
      throw sanitized(e, "the schema could not be compared with " + folder);
    }
  }

  /** Opens the pool; the database need not be reachable yet. */
  public static Database open(DatabaseSettings settings) {
    var hikari = new HikariConfig();
    hikari.setPoolName("reads");
    hikari.setJdbcUrl(settings.url());
    hikari.setUsername(settings.user());
    hikari.setPassword(settings.password());
    hikari.setMaximumPoolSize(settings.readConnectionsMax());
    hikari.setMinimumIdle(Math.min(2, settings.readConnectionsMax()));
    hikari.setAutoCommit(false);
    hikari.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
    hikari.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    hikari.setInitializationFailTimeout(-1);
    hikari.setDataSourceProperties(connectionProperties());
    return new Database(new HikariDataSource(hikari));
  }

  /** The pool for reads and projections, without auto-commit. */
  public DataSource pool() {
    return pool;
  }

  /**
   * A transaction for a projection.
   *
   * @throws Unreachable when there is no connection
   */
  public DatabaseSession session() {
    try {
      return new DatabaseSession(pool.getConnection());
    } catch (SQLException e) {
      throw new Unreachable("no connection to the database", e);
    }
  }

  /** Reads with a connection of the pool. */
  public <T> T read(Query<T> query) {
    try (Connection connection = pool.getConnection()) {
      return query.from(connection);
    } catch (SQLException e) {
      throw new Unreachable("the database did not answer", e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static Flyway flyway(DatabaseSettings settings, Path folder) {
    return Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .jdbcProperties(Map.of("connectTimeout", "3", "loginTimeout", "3"))
        .locations("filesystem:" + folder)
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load();
  }

  private static RuntimeException sanitized(FlywayException cause, String what) {
    return cause.getErrorCode() == CoreErrorCode.DB_CONNECTION
        ? new Unreachable("no connection to the database", cause)
        : new IllegalStateException(what + ": " + cause.getMessage(), cause);
  }

  private static Properties connectionProperties() {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "vgw reads");
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("loginTimeout", "3");
    // Bounds the wait for a frozen PostgreSQL, but not an audit.
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    // Without this a failed write logs its rows.
    properties.setProperty("logServerErrorDetail", "false");
    // A transaction left open holds the feed's low watermark.
    properties.setProperty("options", "-c idle_in_transaction_session_timeout=30s");
    return properties;
  }

  /** A read of one connection. */
  @FunctionalInterface
  public interface Query<T> {
    T from(Connection connection) throws SQLException;
  }

  /** The database did not answer, or the connection broke: retry. */
  public static final class Unreachable extends RuntimeException {
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
