package org.skillvoucher.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The journal of the plugin, but written by {@link JournalWriter}: the plugin's own way through
 * Slick costs more than the database. Pekko makes one by its name in the configuration.
 */
final class BatchJournalDao extends DefaultJournalDao {
  private final JournalWriter writer;

  BatchJournalDao(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.writer = JournalWriting.ID.get(materializer.system());
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
}
