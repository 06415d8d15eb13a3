package org.skillvoucher.gateway.journal.writer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.DatabaseSettings;

/** The product's own Pekko settings, on a database of a test. */
public final class JournalConfig {
  private JournalConfig() {}

  public static Config of(String databaseUrl) {
    return of(databaseUrl, ConfigFactory.empty());
  }

  /** The same with some settings changed. */
  static Config of(String databaseUrl, Config changed) {
    return changed
        .withFallback(own(databaseUrl))
        .withFallback(
            ConfigFactory.parseFile(TestPostgres.configFolder().resolve("gateway.conf").toFile()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private static Config own(String databaseUrl) {
    return ConfigFactory.parseMap(
        Map.of(
            "vgw.database.url", databaseUrl,
            "vgw.database.user", "postgres",
            "vgw.database.password", "postgres",
            "vgw.database.journal-connections-max", 4,
            "pekko.loglevel", "WARNING",
            "pekko.projection.restart-backoff.min-backoff", "20ms",
            "pekko.projection.restart-backoff.max-backoff", "50ms"));
  }

  public static DatabaseSettings settings(String databaseUrl) {
    return new DatabaseSettings(databaseUrl, "postgres", "postgres", 8);
  }
}
