package org.skillvoucher.gateway;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL for tests, started once for all of them; each test class takes a database of
 * its own, migrated as in production. Tests that stop PostgreSQL run their own.
 */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** The address of a new, migrated database, user and password included. */
  public static String freshDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    try (var connection = Server.ONLY.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String url = Server.ONLY.getJdbcUrl("postgres", name);
    Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("filesystem:" + configFolder().resolve("migrations"))
        .load()
        .migrate();
    return url;
  }

  /** The {@code config} folder of this checkout. */
  public static Path configFolder() {
    return Path.of(System.getProperty("vgw.config", "../config"));
  }

  private static final class Server {
    static final EmbeddedPostgres ONLY = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
