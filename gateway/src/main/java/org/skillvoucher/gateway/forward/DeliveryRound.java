package org.skillvoucher.gateway.forward;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the outbox: claim what is due, send it, keep what came of it. At least once: a crash
 * between sending and keeping sends again, under the same idempotency key.
 */
final class DeliveryRound {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRound.class);

  /** Longer than any attempt takes, so that a claim cannot end while it is under way. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final Downstream downstream;
  private final Backoff backoff;
  private final ForwardSettings settings;
  private final ExecutorService senders;

  /** A round whose attempts run side by side on the given threads. */
  DeliveryRound(
      Outbox outbox,
      Downstream downstream,
      Backoff backoff,
      ForwardSettings settings,
      ExecutorService senders) {
    this.outbox = outbox;
    this.downstream = downstream;
    this.backoff = backoff;
    this.settings = settings;
    this.senders = senders;
  }

  /**
   * Sends what is due and waits until all of it is answered.
   *
   * @return how much was due, at most the batch
   */
  int run() throws SQLException, InterruptedException {
    List<OutboxMessage> due =
        outbox.claim(settings.batchMax(), settings.timeout().plus(LEASE_MARGIN));
    List<Future<?>> attempts = new ArrayList<>(due.size());
    for (OutboxMessage evidence : due) {
      attempts.add(senders.submit(() -> attempt(evidence)));
    }
    for (Future<?> attempt : attempts) {
      try {
        attempt.get();
      } catch (ExecutionException e) {
        // Its claim runs out, and it is sent again.
        LOG.warn("an attempt's outcome could not be kept", e.getCause());
      }
    }
    return due.size();
  }

  private boolean attempt(OutboxMessage evidence) throws SQLException, InterruptedException {
    return switch (downstream.send(evidence)) {
      case Downstream.Outcome.Acknowledged(var answer) -> outbox.delivered(evidence, answer);
      case Downstream.Outcome.Failed(var reason) -> {
        Duration pause = backoff.after(evidence.attempts());
        if (outbox.failed(evidence, reason, settings.attemptsMax(), pause)) {
          LOG.error(
              "evidence {} is parked after {} attempts: {}",
              evidence.evidenceId(),
              evidence.attempts(),
              reason);
        }
        yield false;
      }
    };
  }
}
