package org.skillvoucher.gateway.forward;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
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
  private final Pace pace;
  private final ForwardSettings settings;
  private final ForwardMeters meters;
  private final ExecutorService senders;

  /** Rounds whose attempts run concurrently on the given threads. */
  DeliveryRound(
      Outbox outbox,
      Downstream downstream,
      ForwardSettings settings,
      ForwardMeters meters,
      ExecutorService senders) {
    this.outbox = outbox;
    this.downstream = downstream;
    this.settings = settings;
    this.meters = meters;
    this.senders = senders;
    RandomGenerator random = RandomGenerator.getDefault();
    backoff =
        new Backoff(settings.schedule().backoffMin(), settings.schedule().backoffMax(), random);
    pace = new Pace(settings, random, InstantSource.system());
  }

  /**
   * Sends what is due and waits for all responses.
   *
   * @return how much was sent, at most the batch; 0 while the endpoint's pause lasts
   */
  int run() throws SQLException, InterruptedException {
    int allowed = pace.allowance();
    if (allowed == 0) {
      return 0;
    }
    List<OutboxMessage> due = outbox.claim(allowed, settings.timeout().plus(LEASE_MARGIN));
    if (due.isEmpty()) {
      return 0;
    }
    List<Future<Downstream.Outcome>> attempts = new ArrayList<>(due.size());
    for (OutboxMessage evidence : due) {
      attempts.add(senders.submit(() -> attempt(evidence)));
    }
    Optional<Duration> throttled = Optional.empty();
    for (Future<Downstream.Outcome> attempt : attempts) {
      try {
        throttled = longer(throttled, attempt.get());
      } catch (ExecutionException e) {
        // Its lease ends, and it is sent again.
        LOG.warn("an attempt's outcome could not be kept", e.getCause());
      }
    }
    pace.after(throttled);
    return due.size();
  }

  private static Optional<Duration> longer(
      Optional<Duration> throttled, Downstream.Outcome outcome) {
    if (outcome instanceof Downstream.Outcome.Failed(Failure failure)
        && failure.meaning() == Failure.Meaning.THROTTLED) {
      Duration asked = failure.retryAfter().orElse(Duration.ZERO);
      return throttled
          .filter(longest -> longest.compareTo(asked) >= 0)
          .or(() -> Optional.of(asked));
    }
    return throttled;
  }

  private Downstream.Outcome attempt(OutboxMessage evidence)
      throws SQLException, InterruptedException {
    Downstream.Outcome outcome = downstream.send(evidence);
    switch (outcome) {
      case Downstream.Outcome.Acknowledged(var answer) -> {
        if (outbox.delivered(evidence, answer)) {
          meters.delivered.increment();
        }
      }
      case Downstream.Outcome.Accepted accepted -> {
        if (outbox.accepted(evidence)) {
          meters.accepted.increment();
        }
      }
      case Downstream.Outcome.Failed(var failure) -> failed(evidence, failure);
    }
    return outcome;
  }

  private void failed(OutboxMessage evidence, Failure failure) throws SQLException {
    meters.failed.increment();
    Duration own = backoff.after(evidence.attempts());
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    boolean last =
        failure.meaning() == Failure.Meaning.GONE
            || evidence.attempts() >= settings.schedule().attemptsMax();
    if (outbox.failed(evidence, failure, last, asked.compareTo(own) > 0 ? asked : own)) {
      LOG.error(
          "evidence {} is parked after {} attempts: {}",
          evidence.evidenceId(),
          evidence.attempts(),
          failure.reason());
    }
  }
}
