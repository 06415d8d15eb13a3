package org.skillvoucher.gateway.projection;

import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSession;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.SliceProjections;

/**
 * The read models: one projection for each slice of the journal. Tables and offset are written in
 * one transaction, so that each event is applied exactly once. A projection that fails restarts
 * after a backoff; a contradiction between journal and tables holds its slice until an operator
 * resolves it.
 */
public final class ReadModels {
  /** The projection's name, under which its offsets are stored. */
  public static final String NAME = "read-models";

  private ReadModels() {}

  /** Starts the projections. */
  public static void init(
      ActorSystem<?> system, Feed feed, Database database, ReadModelSettings settings) {
    SliceProjections.start(
        system,
        feed,
        NAME,
        slice ->
            projection(
                system,
                feed,
                slice,
                database::session,
                () -> new EventGroupHandler<DatabaseSession>(EventTables::apply),
                settings));
  }

  static <S extends JdbcSession> Projection<FeedEnvelope> projection(
      ActorSystem<?> system,
      Feed feed,
      int slice,
      Supplier<S> sessions,
      Supplier<JdbcHandler<List<FeedEnvelope>, S>> handler,
      ReadModelSettings settings) {
    return JdbcProjection.groupedWithin(
            feed.projectionId(NAME, slice), feed.source(slice), sessions, handler, system)
        .withGroup(settings.eventsMax(), settings.eventsWithin());
  }
}
