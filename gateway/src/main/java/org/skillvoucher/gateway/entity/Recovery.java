package org.skillvoucher.gateway.entity;

import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.slf4j.event.Level;

/** How an entity comes back: after a write or a replay that failed, and from its journal. */
final class Recovery {
  private static final double SPREAD = 0.2;

  /** About half a minute of trouble. */
  private static final int FAILURES_WORTH_TELLING = 12;

  private Recovery() {}

  /**
   * While the database is away every entity that is asked fails anew after each pause. The journal
   * tells of the outage once; only an entity that still fails when others have long come back is
   * told of by itself, with all there is to know.
   */
  static BackoffSupervisorStrategy afterFailure(EntitySettings settings) {
    return SupervisorStrategy.restartWithBackoff(
            settings.restartMin(), settings.restartMax(), SPREAD)
        .withLogLevel(Level.DEBUG)
        .withCriticalLogLevel(Level.ERROR, FAILURES_WORTH_TELLING);
  }

  /** A hole in an entity's journal loses what follows it without a word, so recovery counts. */
  static void check(long revision, long lastSequenceNumber) {
    if (revision != lastSequenceNumber) {
      throw new IllegalStateException(
          "replayed "
              + revision
              + " events, but the journal's last is number "
              + lastSequenceNumber);
    }
  }
}
