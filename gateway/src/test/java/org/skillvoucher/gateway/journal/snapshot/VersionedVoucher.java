package org.skillvoucher.gateway.journal.snapshot;

import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.skillvoucher.domain.voucher.VoucherDecider;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;

/** The smallest actor with the product's events and state: it persists the events it is sent. */
public final class VersionedVoucher
    extends EventSourcedBehavior<VersionedVoucher.Ask, VoucherEvent, Versioned<VoucherState>> {
  /** Persists the event, if any, and replies with the state. */
  public record Ask(Optional<VoucherEvent> event, ActorRef<Answer> replyTo) {}

  public record Answer(Versioned<VoucherState> kept) {}

  public VersionedVoucher(String id) {
    super(
        PersistenceId.of("voucher", id),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(100), Duration.ofMillis(500), 0.1));
  }

  @Override
  public Versioned<VoucherState> emptyState() {
    return new Versioned<>(0, VoucherState.initial());
  }

  @Override
  public CommandHandler<Ask, VoucherEvent, Versioned<VoucherState>> commandHandler() {
    return (state, ask) ->
        Effect()
            .persist(ask.event().stream().toList())
            .thenRun(kept -> ask.replyTo().tell(new Answer(kept)));
  }

  @Override
  public EventHandler<Versioned<VoucherState>, VoucherEvent> eventHandler() {
    return (kept, event) -> kept.next(VoucherDecider.evolve(kept.state(), event));
  }

  @Override
  public boolean shouldSnapshot(
      Versioned<VoucherState> kept, VoucherEvent event, long sequenceNumber) {
    return sequenceNumber % 2 == 0;
  }
}
