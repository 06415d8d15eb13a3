package org.skillvoucher.gateway.database;

/**
 * The address and credentials of the database.
 *
 * @param url {@code jdbc:postgresql://host:port/name}
 * @param readConnectionsMax connections of the pool for reads and projections, apart from the
 *     journal's own
 */
public record DatabaseSettings(String url, String user, String password, int readConnectionsMax) {
  public DatabaseSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("database.url must begin with jdbc:postgresql:");
    }
    if (readConnectionsMax < 1 || readConnectionsMax > 200) {
      throw new IllegalArgumentException("database.read-connections-max must be 1 to 200");
    }
  }

  /** Without the password, which may be in the address too. */
  @Override
  public String toString() {
    return "DatabaseSettings[url="
        + url.replaceFirst("\\?.*", "")
        + ", user="
        + user
        + ", readConnectionsMax="
        + readConnectionsMax
        + "]";
  }
}
