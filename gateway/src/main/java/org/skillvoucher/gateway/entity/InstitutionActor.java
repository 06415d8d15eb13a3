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
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionDecider;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** One institution: decides, persists, replies; and reports the standing of its devices. */
final class InstitutionActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        InstitutionActor.Request, InstitutionEvent, Versioned<InstitutionState>> {

  sealed interface Request extends WireMessage {
    record Decide(InstitutionCommand command, Actor by, ActorRef<Institutions.Answer> replyTo)
        implements Request {}

    record Find(ActorRef<Found> replyTo) implements Request {}

    record FindDevice(String device, ActorRef<DeviceStanding> replyTo) implements Request {}
  }

  record Found(InstitutionState state) implements WireMessage {}

  static final EntityTypeKey<Request> TYPE =
      EntityTypeKey.create(Request.class, EntityType.INSTITUTION.typeName());

  private static final int SNAPSHOT_EVERY = 50;

  private final EntityLifecycle<InstitutionEvent, InstitutionState> lifecycle;

  static Behavior<Request> create(CreditCode id, EntitySettings settings) {
    return Behaviors.setup(context -> new InstitutionActor(id, settings, context));
  }

  private InstitutionActor(CreditCode id, EntitySettings settings, ActorContext<Request> context) {
    super(
        PersistenceId.ofUniqueId(EntityType.INSTITUTION.persistenceId(id.value())),
        Recovery.afterFailure(settings));
    lifecycle = new EntityLifecycle<>(this, context, settings);
  }

  @Override
  public Versioned<InstitutionState> emptyState() {
    return new Versioned<>(0, InstitutionState.initial());
  }

  @Override
  public CommandHandlerWithReply<Request, InstitutionEvent, Versioned<InstitutionState>>
      commandHandler() {
    return (versioned, request) ->
        switch (request) {
          case Request.Decide(var command, var by, var replyTo) ->
              lifecycle.reply(
                  InstitutionDecider.decide(versioned.state(), command).map(event -> event.by(by)),
                  replyTo,
                  Institutions.Answer.Refused::new,
                  (state, events) -> done(state, !events.isEmpty()));
          case Request.Find(var replyTo) -> Effect().reply(replyTo, new Found(versioned.state()));
          case Request.FindDevice(var device, var replyTo) ->
              Effect().reply(replyTo, standing(versioned.state(), device));
        };
  }

  private static Institutions.Answer done(InstitutionState state, boolean changed) {
    return switch (state) {
      case Admitted admitted -> new Institutions.Answer.Done(admitted, changed);
      case InstitutionState.Unknown unknown ->
          throw new IllegalStateException("a command was accepted and left nothing behind");
    };
  }

  private static DeviceStanding standing(InstitutionState state, String device) {
    return switch (state) {
      case InstitutionState.Unknown unknown -> new DeviceStanding.NotTrusted();
      case Admitted admitted ->
          admitted
              .trusted(device)
              .<DeviceStanding>map(
                  trusted ->
                      new DeviceStanding.Trusted(
                          trusted.key().orElseThrow().suite(),
                          trusted.key().orElseThrow().publicKey(),
                          trusted.site(),
                          trusted.room(),
                          admitted.stop().map(InstitutionState.Stop::from),
                          admitted.stoppedBefore()))
              .orElseGet(DeviceStanding.NotTrusted::new);
    };
  }

  @Override
  public EventHandler<Versioned<InstitutionState>, InstitutionEvent> eventHandler() {
    return (versioned, event) ->
        versioned.next(InstitutionDecider.evolve(versioned.state(), event));
  }

  @Override
  public boolean shouldSnapshot(
      Versioned<InstitutionState> versioned, InstitutionEvent event, long sequenceNumber) {
    return Snapshots.isDue(sequenceNumber, SNAPSHOT_EVERY);
  }

  @Override
  public SignalHandler<Versioned<InstitutionState>> signalHandler() {
    return lifecycle.signalHandler();
  }
}
