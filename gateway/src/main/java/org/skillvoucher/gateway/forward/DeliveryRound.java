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
 * One poll of the outbox: claim the messages that are due, send them, store the outcomes. Delivery
 * is at least once: after a crash between sending and storing a message is sent again, under the
 * same idempotency key.
 */
final class DeliveryRound {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRound.class);

  /**
   * Makes the lease longer than any attempt, so that it cannot end while the attempt is in flight.
   */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final Downstream downstream;
  private final Backoff backoff;
  private final ForwardSettings settings;
  private final ExecutorService senders;

  /** A round whose attempts run concurrently on the given threads. */
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
   * Sends what is due and waits for all responses.
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
        // Its lease ends, and it is sent again.
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
