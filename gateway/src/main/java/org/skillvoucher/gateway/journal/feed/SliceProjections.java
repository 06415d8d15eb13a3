package org.skillvoucher.gateway.journal.feed;

import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.ProjectionBehavior;

/** Projections over a feed: one for each slice, distributed over the nodes of the cluster. */
public final class SliceProjections {
  private SliceProjections() {}

  /**
   * Starts the projections of a name.
   *
   * @param projection by the number of its slice
   */
  public static void start(
      ActorSystem<?> system,
      Feed feed,
      String name,
      IntFunction<Projection<FeedEnvelope>> projection) {
    ShardedDaemonProcess.get(system)
        .init(
            ProjectionBehavior.Command.class,
            name,
            feed.slices(),
            slice ->
                Behaviors.intercept(
                    StopWithoutOutput::new, ProjectionBehavior.create(projection.apply(slice))),
            ProjectionBehavior.stopMessage());
  }
}
