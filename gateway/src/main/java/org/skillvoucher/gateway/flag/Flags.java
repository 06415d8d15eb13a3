package org.skillvoucher.gateway.flag;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
import org.skillvoucher.gateway.projection.EventGroupHandler;
import org.skillvoucher.gateway.projection.ReadModelSettings;

/**
 * Raises flags (预警, R70): a projection of its own, off every scan's path, which refuses nothing.
 * One follows the whole journal, because a person or a device has taps in classes of different
 * slices.
 */
public final class Flags {
  /** The projection's name, under which its offset is stored. */
  public static final String NAME = "flags";

  private Flags() {}

  /**
   * Starts the follower.
   *
   * @param feed of one slice
   * @param digest SM3, by which flags are identified
   */
  public static void init(
      ActorSystem<?> system,
      Feed feed,
      Database database,
      UnaryOperator<byte[]> digest,
      ReadModelSettings settings) {
    if (feed.slices() != 1) {
      throw new IllegalArgumentException("flags follow the journal in one slice");
    }
    SliceProjections.start(
        system,
        feed,
        NAME,
        slice ->
            projection(
                system,
                feed,
                database::session,
                () ->
                    new EventGroupHandler<DatabaseSession>(
                        new FlagTables(digest, settings.tapsKeptMax())::apply),
                settings));
  }

  static <S extends JdbcSession> Projection<FeedEnvelope> projection(
      ActorSystem<?> system,
      Feed feed,
      Supplier<S> sessions,
      Supplier<JdbcHandler<List<FeedEnvelope>, S>> follower,
      ReadModelSettings settings) {
    return JdbcProjection.groupedWithin(
            feed.projectionId(NAME, 0), feed.source(0), sessions, follower, system)
        .withGroup(settings.eventsMax(), settings.eventsWithin());
  }
}
