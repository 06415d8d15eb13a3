package org.skillvoucher.gateway.development;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Data folder, port and durability of the embedded PostgreSQL.
 *
 * @param folder retained from run to run; absent: a temporary one, deleted at the end
 * @param port on 127.0.0.1; 0 takes a free one
 * @param connectionsMax PostgreSQL's max_connections, at least all pools together
 * @param durable whether a commit is answered only once it is on disk
 */
public record EmbeddedDatabaseSettings(
    Optional<Path> folder, int port, int connectionsMax, boolean durable) {
  private static final int CONNECTIONS_MAX = 200;

  public EmbeddedDatabaseSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
    }
    if (connectionsMax < 10 || connectionsMax > 1_000) {
      throw new IllegalArgumentException("connections-max must be 10 to 1000");
    }
  }

  /** Data retained after the gateway ends, on a free port. */
  public static EmbeddedDatabaseSettings keptIn(Path folder) {
    return new EmbeddedDatabaseSettings(Optional.of(folder), 0, CONNECTIONS_MAX, true);
  }

  /** Data deleted at the end, on a free port. */
  public static EmbeddedDatabaseSettings ephemeral() {
    return new EmbeddedDatabaseSettings(Optional.empty(), 0, CONNECTIONS_MAX, true);
  }

  /**
   * The same with synchronous_commit off, so that a crash loses acknowledged scans: the negative
   * control of the durability tests, whose checker must find these losses.
   */
  public EmbeddedDatabaseSettings forgetful() {
    return new EmbeddedDatabaseSettings(folder, port, connectionsMax, false);
  }
}
