package org.skillvoucher.gateway.entity;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherDecider;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** One voucher: decides, keeps, answers. */
final class VoucherActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        VoucherActor.Request, VoucherEvent, Versioned<VoucherState>> {

  sealed interface Request extends WireMessage {
    record Decide(VoucherCommand command, ActorRef<Vouchers.Answer> replyTo) implements Request {}

    record Find(ActorRef<Found> replyTo) implements Request {}
  }

  record Found(VoucherState state) implements WireMessage {}

  static final EntityTypeKey<Request> TYPE = EntityTypeKey.create(Request.class, "voucher");

  /** A voucher lives through a handful of events; replaying twenty costs less than a snapshot. */
  private static final int SNAPSHOT_EVERY = 20;

  private final ActorContext<Request> context;
  private final EntityFailures stops;

  /** Who waits for the write under way. */
  private Optional<ActorRef<?>> pendingReplyTo = Optional.empty();

  static Behavior<Request> create(VoucherId id, EntitySettings settings) {
    return Behaviors.setup(context -> new VoucherActor(id, settings, context));
  }

  private VoucherActor(VoucherId id, EntitySettings settings, ActorContext<Request> context) {
    super(PersistenceId.of(TYPE.name(), id.value()), Recovery.afterFailure(settings));
    this.context = context;
    stops = EntityFailures.of(context.getSystem());
  }

  @Override
  public Versioned<VoucherState> emptyState() {
    return new Versioned<>(0, VoucherState.initial());
  }

  @Override
  public CommandHandlerWithReply<Request, VoucherEvent, Versioned<VoucherState>> commandHandler() {
    return (kept, request) ->
        switch (request) {
          case Request.Decide decide -> decide(kept.state(), decide);
          case Request.Find(var replyTo) -> Effect().reply(replyTo, new Found(kept.state()));
        };
  }

  private ReplyEffect<VoucherEvent, Versioned<VoucherState>> decide(
      VoucherState state, Request.Decide request) {
    pendingReplyTo = Optional.of(request.replyTo());
    return switch (VoucherDecider.decide(state, request.command())) {
      case Decision.Rejected<VoucherEvent, VoucherRefusal>(var reason) ->
          Effect().reply(request.replyTo(), new Vouchers.Answer.Refused(reason));
      case Decision.Accepted<VoucherEvent, VoucherRefusal>(var events) ->
          Effect()
              .persist(events)
              .thenReply(
                  request.replyTo(),
                  next -> new Vouchers.Answer.Done(next.state(), !events.isEmpty()));
    };
  }

  @Override
  public EventHandler<Versioned<VoucherState>, VoucherEvent> eventHandler() {
    return (kept, event) ->
        new Versioned<>(kept.revision() + 1, VoucherDecider.evolve(kept.state(), event));
  }

  @Override
  public boolean shouldSnapshot(
      Versioned<VoucherState> kept, VoucherEvent event, long sequenceNumber) {
    return Snapshots.isDue(sequenceNumber, SNAPSHOT_EVERY);
  }

  @Override
  public SignalHandler<Versioned<VoucherState>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            kept -> {
              Recovery.check(kept.revision(), lastSequenceNumber(context));
              stops.back(persistenceId());
            })
        .onSignal(RecoveryFailed.class, (kept, failed) -> stops.stopped(persistenceId()))
        .onSignal(
            JournalPersistFailed.class,
            (kept, failed) -> {
              stops.stopped(persistenceId());
              pendingReplyTo.ifPresent(WriteNotAcknowledged::replyTo);
            })
        .build();
  }
}
