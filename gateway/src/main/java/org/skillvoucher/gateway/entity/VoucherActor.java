package org.skillvoucher.gateway.entity;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherDecider;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** One voucher: decides, persists, replies. */
final class VoucherActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        VoucherActor.Request, VoucherEvent, Versioned<VoucherState>> {

  sealed interface Request extends WireMessage {
    record Decide(VoucherCommand command, Actor by, ActorRef<Vouchers.Answer> replyTo)
        implements Request {}

    record Find(ActorRef<Found> replyTo) implements Request {}
  }

  record Found(VoucherState state) implements WireMessage {}

  static final EntityTypeKey<Request> TYPE =
      EntityTypeKey.create(Request.class, EntityType.VOUCHER.typeName());

  /** A voucher has a handful of events; replaying twenty costs less than a snapshot. */
  private static final int SNAPSHOT_EVERY = 20;

  private final EntityLifecycle<VoucherEvent, VoucherState> lifecycle;

  static Behavior<Request> create(VoucherId id, EntitySettings settings) {
    return Behaviors.setup(context -> new VoucherActor(id, settings, context));
  }

  private VoucherActor(VoucherId id, EntitySettings settings, ActorContext<Request> context) {
    super(
        PersistenceId.ofUniqueId(EntityType.VOUCHER.persistenceId(id.value())),
        Recovery.afterFailure(settings));
    lifecycle = new EntityLifecycle<>(this, context, settings);
  }

  @Override
  public Versioned<VoucherState> emptyState() {
    return new Versioned<>(0, VoucherState.initial());
  }

  @Override
  public CommandHandlerWithReply<Request, VoucherEvent, Versioned<VoucherState>> commandHandler() {
    return (versioned, request) ->
        switch (request) {
          case Request.Decide(var command, var by, var replyTo) ->
              lifecycle.reply(
                  VoucherDecider.decide(versioned.state(), command).map(event -> event.by(by)),
                  replyTo,
                  Vouchers.Answer.Refused::new,
                  (state, events) -> new Vouchers.Answer.Done(state, !events.isEmpty()));
          case Request.Find(var replyTo) -> Effect().reply(replyTo, new Found(versioned.state()));
        };
  }

  @Override
  public EventHandler<Versioned<VoucherState>, VoucherEvent> eventHandler() {
    return (versioned, event) -> versioned.next(VoucherDecider.evolve(versioned.state(), event));
  }

  @Override
  public boolean shouldSnapshot(
      Versioned<VoucherState> versioned, VoucherEvent event, long sequenceNumber) {
    return Snapshots.isDue(sequenceNumber, SNAPSHOT_EVERY);
  }

  @Override
  public SignalHandler<Versioned<VoucherState>> signalHandler() {
    return lifecycle.signalHandler();
  }
}
