package org.skillvoucher.gateway.projection;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSession;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * The read side: one follower per slice of the journal, each somewhere in the cluster. Tables and
 * offset move in one transaction, so that an event counts exactly once. A follower that fails
 * starts again after a pause; a contradiction between journal and tables holds its slice until
 * someone looks.
 */
public final class ReadModels {
  /** Under which name the followers' offsets are kept. */
  public static final String NAME = "read-models";

  private ReadModels() {}

  /**
   * Starts the followers.
   *
   * @param digest the hash by which evidence is known: SM3
   */
  public static void init(
      ActorSystem<?> system,
      Feed feed,
      Database database,
      UnaryOperator<byte[]> digest,
      ReadModelSettings settings) {
    EventTables tables = new EventTables(digest);
    ShardedDaemonProcess.get(system)
        .init(
            ProjectionBehavior.Command.class,
            NAME,
            feed.slices(),
            slice ->
                ProjectionBehavior.create(
                    projection(
                        system,
                        feed,
                        slice,
                        database::session,
                        () -> new EventGroupHandler<DatabaseSession>(tables::apply),
                        settings)),
            ProjectionBehavior.stopMessage());
  }

  static <S extends JdbcSession> Projection<FeedEnvelope> projection(
      ActorSystem<?> system,
      Feed feed,
      int slice,
      Supplier<S> sessions,
      Supplier<JdbcHandler<List<FeedEnvelope>, S>> follower,
      ReadModelSettings settings) {
    return JdbcProjection.groupedWithin(
            feed.projectionId(NAME, slice), feed.source(slice), sessions, follower, system)
        .withGroup(settings.eventsMax(), settings.eventsWithin());
  }
}
