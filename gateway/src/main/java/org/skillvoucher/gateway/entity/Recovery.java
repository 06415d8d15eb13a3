package org.skillvoucher.gateway.entity;

import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.slf4j.event.Level;

/** How an entity is restarted after a failed write or replay, and recovered from the journal. */
final class Recovery {
  private static final double JITTER = 0.2;

  private Recovery() {}

  /**
   * Exponential backoff with jitter. While the database is down every entity that is asked fails
   * again after each pause. The journal logs the outage once; only an entity that fails longer than
   * that is logged by itself, with its stack trace.
   */
  static BackoffSupervisorStrategy afterFailure(EntitySettings settings) {
    return SupervisorStrategy.restartWithBackoff(
            settings.restartMin(), settings.restartMax(), JITTER)
        .withResetBackoffAfter(settings.failuresCountedFor())
        .withLogLevel(Level.DEBUG)
        .withCriticalLogLevel(Level.ERROR, settings.failuresBeforeError());
  }

  /** Replay stops silently at a gap in an entity's journal, so recovery counts the events. */
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
