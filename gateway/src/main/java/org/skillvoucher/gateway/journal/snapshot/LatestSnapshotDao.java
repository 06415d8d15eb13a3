package org.skillvoucher.gateway.journal.snapshot;

import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.config.SnapshotConfig;
import org.apache.pekko.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The plugin's snapshots, of which each replaces the one before: an entity whose last snapshot
 * cannot be read replays its events. Pekko's retention deletes older ones only at fixed distances.
 * Pekko creates it by its name in the configuration.
 */
final class LatestSnapshotDao extends DefaultSnapshotDao {
  private final ExecutionContext executor;

  LatestSnapshotDao(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.executor = executor;
  }

  @Override
  public Future<BoxedUnit> save(SnapshotMetadata metadata, Object snapshot) {
    return super.save(metadata, snapshot)
        .flatMap(
            saved -> deleteUpToMaxSequenceNr(metadata.persistenceId(), metadata.sequenceNr() - 1),
            executor);
  }
}
