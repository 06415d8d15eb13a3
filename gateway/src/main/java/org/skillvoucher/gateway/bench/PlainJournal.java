package org.skillvoucher.gateway.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/**
 * The plugin's journal unchanged, with its own tables in a database of its own. Only its buffer is
 * larger, without which it would reject that many asks, and the pool is ours.
 */
final class PlainJournal {
  /** The tag by which the plugin's read side finds each event. */
  static final String TAG = "bench";

  private static final String DATABASE = "plain";
  private static final String SCHEMA = "schema/postgres/postgres-create-schema.sql";

  private PlainJournal() {}

  /** Creates the database; returns its address. */
  static String create(String url) throws SQLException {
    String own = url.replaceFirst("/[^/?]+\\?", "/" + DATABASE + "?");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    try (var connection = DriverManager.getConnection(own);
        var statement = connection.createStatement()) {
      // One by one: CREATE INDEX CONCURRENTLY cannot run in a transaction block with other
      // statements.
      for (String sql : schema().strip().split(";", -1)) {
        statement.execute(sql);
      }
    }
    return own;
  }

  /** The gateway's settings, but for the journal's. */
  static Config config(Config own, String url) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko-persistence-jdbc.shared-databases.slick.db.url",
                url,
                "jdbc-journal.dao",
                "org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao",
                "jdbc-journal.bufferSize",
                20_000,
                "jdbc-journal.batchSize",
                400,
                "jdbc-journal.parallelism",
                8,
                "pekko.actor.provider",
                "local"))
        .withFallback(own);
  }

  private static String schema() {
    try (InputStream sql =
        Objects.requireNonNull(PlainJournal.class.getClassLoader().getResourceAsStream(SCHEMA))) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
