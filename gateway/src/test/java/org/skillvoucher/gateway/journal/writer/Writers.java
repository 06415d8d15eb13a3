package org.skillvoucher.gateway.journal.writer;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.event.EventNames;
import org.skillvoucher.gateway.journal.event.Samples;

/** Writes journal rows as badly as writers may: slowly, interleaved, with rollbacks. */
public final class Writers {
  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,
                                 adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      VALUES (?, ?, 'test', ?, '', 4200, ?, ?)""";

  private final String url;
  private final Set<String> committed = ConcurrentHashMap.newKeySet();

  public Writers(String url) {
    this.url = url;
  }

  /** What was committed, as {@code persistence id#sequence number}. */
  public Set<String> committed() {
    return new HashSet<>(committed);
  }

  /** Each writer, with a connection of its own, writes to two entities of its own. */
  public void run(int writers, int transactionsEach)
      throws InterruptedException, ExecutionException {
    run(writers, transactionsEach, 0);
  }

  /** The same with other entities, named from {@code firstWriter} on. */
  public void run(int writers, int transactionsEach, int firstWriter)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int seed = firstWriter + writer;
        running.add(
            threads.submit(
                () -> {
                  write(seed, transactionsEach);
                  return seed;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private void write(int writer, int transactions) throws SQLException {
    var random = new Random(writer);
    long[] last = new long[2];
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        if (random.nextInt(3) == 0) { // takes its transaction id long before its first number
          takeTransactionId(connection);
          Eventually.pauseMillis(random.nextInt(25));
        }
        int entity = random.nextInt(2);
        String persistenceId = "voucher|W" + writer + "-" + entity;
        int rows = 1 + random.nextInt(4);
        for (int row = 1; row <= rows; row++) {
          insert(connection, persistenceId, last[entity] + row);
          Eventually.pauseMillis(random.nextInt(5) == 0 ? random.nextInt(8) : 0);
        }
        if (random.nextInt(8) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          for (int row = 1; row <= rows; row++) {
            committed.add(persistenceId + "#" + (last[entity] + row));
          }
          last[entity] += rows;
        }
      }
    }
  }

  public static void takeTransactionId(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
  }

  public static void insert(Connection connection, String persistenceId, long sequenceNr)
      throws SQLException {
    var event = new VoucherEvent.Claimed(Samples.AT);
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, persistenceId);
      statement.setLong(2, sequenceNr);
      statement.setLong(3, System.currentTimeMillis());
      statement.setString(4, EventNames.nameOf(event));
      statement.setBytes(5, "{\"at\":\"2025-03-03T01:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
      statement.executeUpdate();
    }
  }
}
