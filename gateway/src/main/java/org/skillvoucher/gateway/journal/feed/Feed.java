package org.skillvoucher.gateway.journal.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.journal.event.EventNames;
import org.skillvoucher.gateway.journal.event.EventReader;

/**
 * Follows the journal without tags, loss or gap detection. Rows are read in the order of their
 * writing transactions, up to a low watermark: {@code pg_snapshot_xmin}, the oldest transaction
 * still running. All transactions below it have ended and every later row is above it, so no row
 * can appear behind the cursor. By {@code ordering} alone one could: a transaction that began
 * earlier may take a later number than one which is still open.
 *
 * <p>Rows are read and decoded once for all followers at the {@link TailCache}; the query here
 * serves followers that lag further behind. Events of one entity are delivered in order. A
 * transaction left open anywhere in the database cluster holds the watermark and so the feed, which
 * {@link FeedLag} shows.
 */
public final class Feed {
  // The text of tx must not be called tx, or ORDER BY would sort the text. Rows of other slices and
  // of events not subscribed to are skipped without their payload, so that the cursor of a follower
  // with few events advances too.
  private static final String QUERY =
      """
      SELECT j.tx::text AS tx_text, j.ordering, j.persistence_id, j.sequence_number,
             j.write_timestamp, j.event_ser_id, j.event_ser_manifest,
             CASE WHEN (? OR j.event_ser_manifest = ANY (?)) AND %s = ? THEN j.event_payload END
               AS payload_if_wanted
        FROM event_journal j
       WHERE (j.tx, j.ordering) > (?::text::xid8, ?)
         AND (j.tx, j.ordering) <= (?::text::xid8, ?)
         AND j.tx < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY j.tx, j.ordering
       LIMIT ?"""
          .formatted(sliceOf("j.persistence_id"));

  private final Database database;
  private final Executor executor;
  private final FeedSettings settings;
  private final TailCache tail;

  /** Queries block threads of the executor. */
  public Feed(Database database, Executor executor, FeedSettings settings) {
    this(database, executor, settings, TailCache.Bounds.LARGE);
  }

  Feed(Database database, Executor executor, FeedSettings settings, TailCache.Bounds bounds) {
    this(database, executor, settings, new TailCache(database, executor, settings, bounds));
  }

  private Feed(Database database, Executor executor, FeedSettings settings, TailCache tail) {
    this.database = database;
    this.executor = executor;
    this.settings = settings;
    this.tail = tail;
  }

  /**
   * The same journal in one slice, over the same tail cache, for a follower that needs all entities
   * in one order.
   */
  public Feed inOneSlice() {
    return new Feed(database, executor, settings.inOneSlice(), tail);
  }

  /** The number of slices into which entities are partitioned. */
  public int slices() {
    return settings.slices();
  }

  /**
   * The name and key under which a projection's offset of one slice is stored. The key has the
   * number of slices: an offset of another partitioning is of other entities.
   */
  public ProjectionId projectionId(String name, int slice) {
    return ProjectionId.of(name, FeedLag.key(slice, settings.slices()));
  }

  /**
   * The events of one slice from a projection's offset on, without end. Backpressure: the next
   * batch is read when the last was consumed. The stream fails when the database does not answer,
   * and the projection restarts it.
   *
   * @param slice 0 to {@link #slices()} - 1
   */
  public SourceProvider<String, FeedEnvelope> source(int slice) {
    return source(new Subscription(slice, Set.of()));
  }

  /**
   * The same of the given kinds of events only; the others are neither delivered nor decoded. A
   * batch that ends with others ends with a {@link Heartbeat}, so that the offset advances.
   *
   * @param events records of the domain, at least one
   */
  public SourceProvider<String, FeedEnvelope> source(int slice, Set<Class<?>> events) {
    return source(new Subscription(slice, EventNames.namesOf(events)));
  }

  private SourceProvider<String, FeedEnvelope> source(Subscription wanted) {
    if (wanted.slice() < 0 || wanted.slice() >= settings.slices()) {
      throw new IllegalArgumentException("no slice " + wanted.slice() + " of " + settings.slices());
    }
    return new SliceSource(wanted);
  }

  /** Advances the offset over events that were skipped. */
  public record Heartbeat() {}

  /**
   * The events of a follower.
   *
   * @param names empty for all
   */
  private record Subscription(int slice, Set<String> names) {
    boolean has(String name) {
      return names.isEmpty() || names.contains(name);
    }
  }

  /** The hash partitions of tables use this function too, so it outlives PostgreSQL's versions. */
  static String sliceOf(String column) {
    return "abs(mod(hashtextextended(" + column + ", 0), ?))";
  }

  /**
   * The position of a follower.
   *
   * @param alone up to where it reads by its own query: rows decoded earlier may have been repaired
   *     since
   */
  private record Position(JournalOffset at, JournalOffset alone) {}

  private CompletionStage<Optional<Pair<Position, List<FeedEnvelope>>>> next(
      Position place, Subscription wanted) {
    JournalOffset at = place.at();
    if (at.compareTo(place.alone()) < 0) {
      return alone(place, wanted);
    }
    return tail.after(at)
        .thenCompose(
            next ->
                switch (next) {
                  case TailCache.Next.Rows(var rows) ->
                      CompletableFuture.completedFuture(placed(place, batch(at, rows, wanted)));
                  case TailCache.Next.Behind(var end) -> alone(new Position(at, end), wanted);
                });
  }

  private CompletionStage<Optional<Pair<Position, List<FeedEnvelope>>>> alone(
      Position place, Subscription wanted) {
    return CompletableFuture.supplyAsync(
        () -> placed(place, database.read(c -> batch(c, place.at(), place.alone(), wanted))),
        executor);
  }

  private static Optional<Pair<Position, List<FeedEnvelope>>> placed(
      Position from, Pair<JournalOffset, List<FeedEnvelope>> batch) {
    return Optional.of(Pair.create(new Position(batch.first(), from.alone()), batch.second()));
  }

  private Pair<JournalOffset, List<FeedEnvelope>> batch(
      JournalOffset from, List<TailCache.Row> rows, Subscription wanted) {
    var batch = new Batch(from, wanted);
    for (TailCache.Row row : rows) {
      if (wanted.has(row.name()) && row.isOf(wanted.slice(), settings.slices())) {
        batch.take(row.at(), row.readable());
      } else {
        batch.pass(row.at(), row.envelope().writtenAtMillis());
      }
    }
    return batch.upTo(batch.reached);
  }

  private Pair<JournalOffset, List<FeedEnvelope>> batch(
      Connection connection, JournalOffset from, JournalOffset end, Subscription wanted)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setBoolean(1, wanted.names().isEmpty());
      query.setArray(2, connection.createArrayOf("text", wanted.names().toArray()));
      query.setInt(3, settings.slices());
      query.setInt(4, wanted.slice());
      query.setString(5, Long.toString(from.tx()));
      query.setLong(6, from.ordering());
      query.setString(7, Long.toString(end.tx()));
      query.setLong(8, end.ordering());
      query.setInt(9, settings.batchRowsMax());
      var batch = new Batch(from, wanted);
      int rows = 0;
      try (ResultSet row = query.executeQuery()) {
        for (; row.next(); rows++) {
          JournalOffset at = new JournalOffset(row.getLong(1), row.getLong(2));
          byte[] payload = row.getBytes(8);
          if (payload == null) {
            batch.pass(at, row.getLong(5));
          } else {
            batch.take(at, envelope(row, at, payload));
          }
        }
      }
      return batch.upTo(rows < settings.batchRowsMax() ? end : batch.reached);
    }
  }

  private static FeedEnvelope envelope(ResultSet row, JournalOffset at, byte[] payload)
      throws SQLException {
    Object event = EventReader.decode(row.getInt(6), row.getString(7), payload);
    return new FeedEnvelope(at.offset(), row.getString(3), row.getLong(4), row.getLong(5), event);
  }

  /** The events of some rows that a follower subscribed to. */
  private static final class Batch {
    private final List<FeedEnvelope> events = new ArrayList<>();
    private final Subscription wanted;
    private JournalOffset reached;
    private Optional<FeedEnvelope> passed = Optional.empty();

    Batch(JournalOffset from, Subscription wanted) {
      this.reached = from;
      this.wanted = wanted;
    }

    void take(JournalOffset at, FeedEnvelope envelope) {
      reached = at;
      passed = Optional.empty();
      events.add(envelope);
    }

    void pass(JournalOffset at, long writtenAtMillis) {
      reached = at;
      if (!wanted.names().isEmpty()) {
        passed =
            Optional.of(new FeedEnvelope(at.offset(), "", 0, writtenAtMillis, new Heartbeat()));
      }
    }

    Pair<JournalOffset, List<FeedEnvelope>> upTo(JournalOffset place) {
      passed.ifPresent(events::add);
      return Pair.create(place, events);
    }
  }

  private final class SliceSource extends SourceProvider<String, FeedEnvelope> {
    private final Subscription wanted;

    SliceSource(Subscription wanted) {
      this.wanted = wanted;
    }

    @Override
    public CompletionStage<Source<FeedEnvelope, NotUsed>> source(
        Supplier<CompletionStage<Optional<String>>> offset) {
      return offset
          .get()
          .thenApply(saved -> saved.map(JournalOffset::parse).orElse(JournalOffset.START))
          .thenApply(
              at ->
                  Source.unfoldAsync(
                          new Position(at, tail.endFrom(at)), place -> next(place, wanted))
                      .mapConcat(batch -> batch));
    }

    @Override
    public String extractOffset(FeedEnvelope envelope) {
      return envelope.offset();
    }

    @Override
    public long extractCreationTime(FeedEnvelope envelope) {
      return envelope.writtenAtMillis();
    }
  }
}
