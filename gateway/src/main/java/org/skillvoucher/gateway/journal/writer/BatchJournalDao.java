package org.skillvoucher.gateway.journal.writer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.PekkoSerialization;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.gateway.database.Database;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.dbio.DBIOAction;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;
import slick.jdbc.SimpleJdbcAction;

/**
 * The plugin's journal, but written by {@link JournalWriter} and replayed page by page: the
 * plugin's own rows through Slick and streams cost more than the database. Pekko creates it by its
 * name in the configuration.
 */
final class BatchJournalDao extends DefaultJournalDao {
  private static final String PAGE =
      """
      SELECT ordering, sequence_number, writer, write_timestamp, adapter_manifest, event_payload,
             event_ser_id, event_ser_manifest
        FROM event_journal
       WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? AND NOT deleted
       ORDER BY sequence_number
       LIMIT ?""";

  private final JdbcBackend.JdbcDatabaseDef database;
  private final Serialization serialization;
  private final JournalWriter writer;

  BatchJournalDao(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.database = database;
    this.serialization = serialization;
    this.writer = JournalWriterExtension.ID.get(materializer.system());
  }

  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> rows) {
    List<JournalPekkoSerializationRow> plain = new ArrayList<>(rows.size());
    for (var row : CollectionConverters.asJava(rows)) {
      if (row._2().nonEmpty() || row._1().metaPayload().isDefined()) {
        return Futures.failed(
            new IllegalArgumentException("this journal keeps neither tags nor metadata"));
      }
      plain.add(row._1());
    }
    return plain.isEmpty() ? Futures.successful(BoxedUnit.UNIT) : writer.write(plain);
  }

  @Override
  public org.apache.pekko.stream.scaladsl.Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed>
      messagesWithBatch(
          String persistenceId,
          long from,
          long to,
          int batchSize,
          Option<Tuple2<FiniteDuration, Scheduler>> refreshInterval) {
    if (refreshInterval.isDefined()) { // which is a query that never ends, and no recovery
      return super.messagesWithBatch(persistenceId, from, to, batchSize, refreshInterval);
    }
    return Source.unfoldAsync(
            Math.max(1, from),
            next ->
                next > to
                    ? CompletableFuture.completedFuture(
                        Optional.<Pair<Long, List<JournalPekkoSerializationRow>>>empty())
                    : FutureConverters.asJava(read(persistenceId, next, to, batchSize))
                        .thenApply(
                            page -> Optional.of(Pair.create(after(page, to, batchSize), page))))
        .mapConcat(
            page ->
                page.stream().map(row -> PekkoSerialization.fromRow(serialization, row)).toList())
        .asScala();
  }

  /** The first sequence number of the next page. */
  private static long after(List<JournalPekkoSerializationRow> page, long to, int batchSize) {
    return page.size() < batchSize ? to + 1 : page.getLast().sequenceNumber() + 1;
  }

  private Future<List<JournalPekkoSerializationRow>> read(
      String persistenceId, long from, long to, long max) {
    return run(
        SimpleJdbcAction.apply(
            context -> page(context.connection(), persistenceId, from, to, max)));
  }

  private static List<JournalPekkoSerializationRow> page(
      Connection connection, String persistenceId, long from, long to, long max) {
    try (var query = connection.prepareStatement(PAGE)) {
      query.setString(1, persistenceId);
      query.setLong(2, from);
      query.setLong(3, to);
      query.setLong(4, max);
      List<JournalPekkoSerializationRow> page = new ArrayList<>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          page.add(
              new JournalPekkoSerializationRow(
                  row.getLong(1),
                  false,
                  persistenceId,
                  row.getLong(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getString(5),
                  row.getBytes(6),
                  row.getInt(7),
                  row.getString(8),
                  Option.empty(),
                  Option.empty(),
                  Option.empty()));
        }
      }
      return page;
    } catch (SQLException e) {
      throw new Database.Unreachable("the journal could not be read", e);
    }
  }

  /** On the plugin's own threads, each with a connection of its pool. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Java cannot name Scala's type of no effect
  private <R> Future<R> run(SimpleJdbcAction<R> action) {
    return database.run((DBIOAction) action);
  }
}
