package org.skillvoucher.gateway.journal.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.skillvoucher.gateway.database.Database;

/** The lag of a projection behind the journal, for metrics and alarms. */
public final class FeedLag {
  /** Bounds the scan; a slice that lags further has an old event among these anyway. */
  private static final int ROWS_MAX = 100_000;

  private static final String OFFSETS =
      """
      SELECT projection_key, current_offset
        FROM pekko_projection_offset_store
       WHERE projection_name = ?""";

  private static final String OLDEST =
      """
      SELECT ahead.write_timestamp
        FROM (SELECT j.tx, j.ordering, j.persistence_id, j.write_timestamp
                FROM event_journal j
               WHERE (j.tx, j.ordering) > (?::text::xid8, ?)
               ORDER BY j.tx, j.ordering
               LIMIT ?) ahead
       WHERE %s = ?
       ORDER BY ahead.tx, ahead.ordering
       LIMIT 1"""
          .formatted(Feed.sliceOf("ahead.persistence_id"));

  private final Database database;
  private final Executor executor;
  private final int slices;

  /** Queries block threads of the executor. */
  public FeedLag(Database database, Executor executor, FeedSettings settings) {
    this.database = database;
    this.executor = executor;
    this.slices = settings.slices();
  }

  /**
   * The age of the oldest event which a projection has not yet applied; zero when it has applied
   * them all.
   */
  public CompletionStage<Duration> of(String projectionName) {
    return CompletableFuture.supplyAsync(
        () -> database.read(connection -> measure(connection, projectionName)), executor);
  }

  /**
   * For the start of a node: checks that a projection's offsets are of the number of slices set
   * now.
   *
   * @throws IllegalStateException when they are of another, with which events would be skipped or
   *     applied twice
   */
  public void checkSlices(String projectionName) {
    for (String key : database.read(c -> offsets(c, projectionName)).keySet()) {
      if (!key.endsWith("/" + slices)) {
        throw new IllegalStateException(
            "projection "
                + projectionName
                + " has an offset of slice "
                + key
                + ", but feed.slices is "
                + slices);
      }
    }
  }

  static String key(int slice, int slices) {
    return slice + "/" + slices;
  }

  private Duration measure(Connection connection, String projectionName) throws SQLException {
    Map<String, JournalOffset> offsets = offsets(connection, projectionName);
    long now = System.currentTimeMillis();
    long oldest = now;
    for (int slice = 0; slice < slices; slice++) {
      JournalOffset applied = offsets.getOrDefault(key(slice, slices), JournalOffset.START);
      oldest = Math.min(oldest, oldestAfter(connection, applied, slice, now));
    }
    return Duration.ofMillis(now - oldest);
  }

  private static Map<String, JournalOffset> offsets(Connection connection, String projectionName)
      throws SQLException {
    try (var query = connection.prepareStatement(OFFSETS)) {
      query.setString(1, projectionName);
      Map<String, JournalOffset> offsets = new HashMap<>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          offsets.put(row.getString(1), JournalOffset.parse(row.getString(2)));
        }
      }
      return offsets;
    }
  }

  private long oldestAfter(Connection connection, JournalOffset applied, int slice, long none)
      throws SQLException {
    try (var query = connection.prepareStatement(OLDEST)) {
      query.setString(1, Long.toString(applied.tx()));
      query.setLong(2, applied.ordering());
      query.setInt(3, ROWS_MAX);
      query.setInt(4, slices);
      query.setInt(5, slice);
      try (var row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : none;
      }
    }
  }
}
