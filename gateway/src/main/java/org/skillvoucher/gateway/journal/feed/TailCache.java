package org.skillvoucher.gateway.journal.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.journal.event.EventReader;

/**
 * The shared tail cache of the feed: the last rows of the journal, read and decoded once for all
 * followers. They are complete between two offsets, so a follower at an offset between them
 * continues from here. One that lags further reads by its own query up to the first, and one that
 * starts up to the last, because a row that could not be decoded may have been repaired. The next
 * rows are read when a follower that has had all asks for more; those that ask meanwhile share that
 * read.
 *
 * <p>It holds at most {@link Bounds#LARGE}, or the rows of the last read if they are more; decoded
 * they take about four times the memory.
 */
final class TailCache {
  // The text of tx must not be called tx, or ORDER BY would sort the text.
  private static final String QUERY =
      """
      SELECT j.tx::text AS tx_text, j.ordering, j.persistence_id, j.sequence_number,
             j.write_timestamp, j.event_ser_id, j.event_ser_manifest, j.event_payload,
             hashtextextended(j.persistence_id, 0)
        FROM event_journal j
       WHERE (j.tx, j.ordering) > (?::text::xid8, ?)
         AND j.tx < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY j.tx, j.ordering
       LIMIT ?""";

  private final Database database;
  private final Executor executor;
  private final FeedSettings settings;
  private final Bounds bounds;

  // The fields below are guarded by this object's lock. The rows are those after start, up to end.
  private final TreeMap<JournalOffset, Row> rows = new TreeMap<>();
  private long bytes;
  private boolean begun;
  private JournalOffset start = JournalOffset.START;
  private JournalOffset end = JournalOffset.START;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private JournalOffset readingFrom = JournalOffset.START;
  private Optional<Long> notBeforeNanos = Optional.empty();

  /** Queries block threads of the executor. */
  TailCache(Database database, Executor executor, FeedSettings settings, Bounds bounds) {
    this.database = database;
    this.executor = executor;
    this.settings = settings;
    this.bounds = bounds;
  }

  /**
   * The bounds of the cache.
   *
   * @param bytes of payload, as they are in the journal
   */
  record Bounds(int rows, long bytes) {
    /** A few seconds of scans: a follower that lags further reads by its own query. */
    static final Bounds LARGE = new Bounds(10_000, 8L << 20);

    boolean admit(int someRows, long someBytes) {
      return someRows <= rows && someBytes <= bytes;
    }
  }

  /**
   * A row of the journal.
   *
   * @param hash of the persistence id, which determines the slice
   * @param name of the event
   * @param bytes of the payload
   * @param envelope with the event; an {@link Unreadable} for one that could not be decoded
   */
  record Row(JournalOffset at, long hash, String name, int bytes, FeedEnvelope envelope) {
    /** As {@link Feed#sliceOf} has it. */
    boolean isOf(int slice, int slices) {
      return Math.abs(hash % slices) == slice;
    }

    FeedEnvelope readable() {
      if (envelope.event() instanceof Unreadable(var why)) {
        throw why;
      }
      return envelope;
    }
  }

  /** Fails the followers that subscribed to the event, and no others. */
  record Unreadable(RuntimeException why) {}

  /** The rows after an offset. */
  sealed interface Next {
    /** The rows; none when there are none yet. */
    record Rows(List<Row> rows) implements Next {}

    /** They were evicted; those after {@code end} are cached or will be. */
    record Behind(JournalOffset end) implements Next {}
  }

  /**
   * The rows after an offset. When there are none yet the journal is polled once more, not before
   * {@link FeedSettings#pauseAfter} the last poll has passed; the stage fails when the database
   * does not answer.
   */
  CompletionStage<Next> after(JournalOffset cursor) {
    CompletableFuture<Void> read;
    synchronized (this) {
      Next known = known(cursor);
      switch (known) {
        case Next.Rows(var found) when found.isEmpty() -> read = reading();
        case Next.Rows rows -> {
          return CompletableFuture.completedFuture(known);
        }
        case Next.Behind behind -> {
          return CompletableFuture.completedFuture(known);
        }
      }
    }
    return read.thenApply(done -> known(cursor));
  }

  /**
   * The offset up to which rows were read, for a follower that starts; its own offset when that is
   * further.
   */
  synchronized JournalOffset endFrom(JournalOffset cursor) {
    if (!begun || cursor.compareTo(end) > 0) {
      beginAt(cursor);
    }
    return end;
  }

  private synchronized Next known(JournalOffset cursor) {
    JournalOffset reached = endFrom(cursor);
    return cursor.compareTo(start) < 0
        ? new Next.Behind(reached)
        : new Next.Rows(
            rows.tailMap(cursor, false).values().stream().limit(settings.batchRowsMax()).toList());
  }

  /** A follower that starts ahead of all others has read the rows before on another node. */
  private void beginAt(JournalOffset cursor) {
    begun = true;
    rows.clear();
    bytes = 0;
    start = cursor;
    end = cursor;
    notBeforeNanos = Optional.empty();
  }

  /** The read from the end on that is in flight, or a new one. */
  private CompletableFuture<Void> reading() {
    if (reading.isDone() || !readingFrom.equals(end)) {
      JournalOffset from = end;
      readingFrom = from;
      reading = CompletableFuture.supplyAsync(() -> read(from), afterPause()).thenAccept(this::add);
    }
    return reading;
  }

  private Executor afterPause() {
    long pause = notBeforeNanos.map(at -> at - System.nanoTime()).orElse(0L);
    return pause > 0
        ? CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, executor)
        : executor;
  }

  private record Read(JournalOffset from, List<Row> rows) {}

  private synchronized void add(Read read) {
    if (!read.from().equals(end)) {
      return; // begun elsewhere meanwhile
    }
    notBeforeNanos =
        Optional.of(System.nanoTime() + settings.pauseAfter(read.rows().size()).toNanos());
    long more = read.rows().stream().mapToLong(Row::bytes).sum();
    while (!rows.isEmpty() && !bounds.admit(rows.size() + read.rows().size(), bytes + more)) {
      Row first = rows.pollFirstEntry().getValue();
      bytes -= first.bytes();
      start = first.at();
    }
    bytes += more;
    for (Row row : read.rows()) {
      rows.put(row.at(), row);
      end = row.at();
    }
  }

  private Read read(JournalOffset from) {
    return new Read(from, database.read(connection -> rows(connection, from)));
  }

  private List<Row> rows(Connection connection, JournalOffset from) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, Long.toString(from.tx()));
      query.setLong(2, from.ordering());
      query.setInt(3, settings.batchRowsMax());
      List<Row> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(row(row));
        }
      }
      return found;
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    JournalOffset at = new JournalOffset(row.getLong(1), row.getLong(2));
    String name = row.getString(7);
    byte[] payload = row.getBytes(8);
    Object event;
    try {
      event = EventReader.decode(row.getInt(6), name, payload);
    } catch (RuntimeException e) {
      event = new Unreadable(e);
    }
    return new Row(
        at,
        row.getLong(9),
        name,
        payload.length,
        new FeedEnvelope(at.offset(), row.getString(3), row.getLong(4), row.getLong(5), event));
  }
}
