package org.skillvoucher.gateway.journal.writer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;

/**
 * A connection that inserts rows into the journal: all rows of a call or none, durable when it
 * returns. Not thread-safe.
 */
final class JournalInsert implements AutoCloseable {
  private static final int VALIDATION_SECONDS = 2;

  // One statement, planned once, for any number of rows. They are numbered in the order of the
  // arrays.
  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,
                                 adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      SELECT * FROM unnest(?::text[], ?::int8[], ?::text[], ?::int8[],
                           ?::text[], ?::int4[], ?::text[], ?::bytea[])""";

  // Before PostgreSQL 17 there is only the time of a statement, which without an explicit
  // transaction is almost the same.
  private static final String BOUND =
      """
      SELECT set_config(CASE WHEN current_setting('server_version_num')::int >= 170000
                             THEN 'transaction_timeout' ELSE 'statement_timeout' END, ?, false)""";

  private final Connection connection;
  private final PreparedStatement insert;

  private JournalInsert(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(INSERT);
  }

  static JournalInsert connect(Address address, Duration transactionTimeout) throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.url(), address.properties(transactionTimeout));
    try {
      bound(connection, transactionTimeout);
      return new JournalInsert(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void bound(Connection connection, Duration transactionTimeout)
      throws SQLException {
    try (var bound = connection.prepareStatement(BOUND)) {
      bound.setString(1, Long.toString(transactionTimeout.toMillis()));
      bound.execute();
    }
  }

  /** Whether PostgreSQL answers; costs a round trip. */
  boolean answers() throws SQLException {
    return connection.isValid(VALIDATION_SECONDS);
  }

  /** Inserts all rows or, failing, none; after a broken connection the outcome is unknown. */
  void insert(List<JournalPekkoSerializationRow> rows) throws SQLException {
    int size = rows.size();
    var persistenceId = new String[size];
    var sequenceNr = new Long[size];
    var writer = new String[size];
    var writtenAt = new Long[size];
    var adapterManifest = new String[size];
    var serializer = new Integer[size];
    var manifest = new String[size];
    var payload = new byte[size][];
    for (int i = 0; i < size; i++) {
      JournalPekkoSerializationRow row = rows.get(i);
      persistenceId[i] = row.persistenceId();
      sequenceNr[i] = row.sequenceNumber();
      writer[i] = row.writer();
      writtenAt[i] = row.writeTimestamp();
      adapterManifest[i] = row.adapterManifest();
      serializer[i] = row.eventSerId();
      manifest[i] = row.eventSerManifest();
      payload[i] = row.eventPayload();
    }
    insert.setArray(1, connection.createArrayOf("text", persistenceId));
    insert.setArray(2, connection.createArrayOf("int8", sequenceNr));
    insert.setArray(3, connection.createArrayOf("text", writer));
    insert.setArray(4, connection.createArrayOf("int8", writtenAt));
    insert.setArray(5, connection.createArrayOf("text", adapterManifest));
    insert.setArray(6, connection.createArrayOf("int4", serializer));
    insert.setArray(7, connection.createArrayOf("text", manifest));
    insert.setArray(8, connection.createArrayOf("bytea", payload));
    insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** The address and credentials of PostgreSQL. */
  record Address(String url, String user, String password) {
    private Properties properties(Duration transactionTimeout) {
      var properties = new Properties();
      properties.setProperty("user", user);
      properties.setProperty("password", password);
      properties.setProperty("ApplicationName", "vgw journal writer");
      properties.setProperty("connectTimeout", "3");
      // PostgreSQL cancels a slow statement by itself; a frozen PostgreSQL cannot.
      properties.setProperty(
          "socketTimeout", Long.toString(transactionTimeout.plusSeconds(1).toSeconds()));
      properties.setProperty("tcpKeepAlive", "true");
      // Without this a failed write logs its rows with their payload.
      properties.setProperty("logServerErrorDetail", "false");
      // The statement is used again and again; prepared, its arrays travel as bytes.
      properties.setProperty("prepareThreshold", "1");
      return properties;
    }

    /** Without the password, which may be in the address too. */
    @Override
    public String toString() {
      return url.replaceFirst("\\?.*", "");
    }
  }
}
