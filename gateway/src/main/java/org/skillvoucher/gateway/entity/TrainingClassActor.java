package org.skillvoucher.gateway.entity;

import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.trainingclass.ClassDecider;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ScanDecider;
import org.skillvoucher.domain.trainingclass.ScanRules;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/**
 * One training class: decides, has the receipt sealed, persists, replies. A receipt is handed out
 * only after the event that holds it is persisted.
 */
final class TrainingClassActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        ClassRequest, ClassEvent, Versioned<ClassState>> {

  static final EntityTypeKey<ClassRequest> TYPE =
      EntityTypeKey.create(ClassRequest.class, EntityType.CLASS.typeName());

  private final ClassId id;
  private final ReceiptSealer sealer;
  private final EntitySettings settings;
  private final EntityLifecycle<ClassEvent, ClassState> lifecycle;

  static Behavior<ClassRequest> create(ClassId id, ReceiptSealer sealer, EntitySettings settings) {
    return Behaviors.setup(context -> new TrainingClassActor(id, sealer, settings, context));
  }

  private TrainingClassActor(
      ClassId id,
      ReceiptSealer sealer,
      EntitySettings settings,
      ActorContext<ClassRequest> context) {
    super(
        PersistenceId.ofUniqueId(EntityType.CLASS.persistenceId(id.value())),
        Recovery.afterFailure(settings));
    this.id = id;
    this.sealer = sealer;
    this.settings = settings;
    lifecycle = new EntityLifecycle<>(this, context, settings);
  }

  @Override
  public Versioned<ClassState> emptyState() {
    return new Versioned<>(0, ClassState.initial());
  }

  @Override
  public CommandHandlerWithReply<ClassRequest, ClassEvent, Versioned<ClassState>> commandHandler() {
    return (versioned, request) ->
        switch (request) {
          case ClassRequest.Decide(var command, var by, var replyTo) ->
              lifecycle.reply(
                  ClassDecider.decide(versioned.state(), command, by).map(event -> event.by(by)),
                  replyTo,
                  Classes.Answer.Refused::new,
                  this::done);
          case ClassRequest.RecordScan scan -> recordScan(versioned.state(), scan);
          case ClassRequest.DecideScans scans -> decideScans(versioned, scans);
          case ClassRequest.PreCheck(var questions, var replyTo) ->
              Effect()
                  .reply(
                      replyTo,
                      new ClassRequest.PreChecked(
                          questions.stream()
                              .map(question -> ScanRules.preCheck(versioned.state(), question))
                              .toList()));
          case ClassRequest.Find(var replyTo) ->
              Effect().reply(replyTo, new ClassRequest.Found(Summaries.of(id, versioned.state())));
          case ClassRequest.Locate(var sequence, var replyTo) ->
              Effect()
                  .reply(
                      replyTo,
                      new ClassRequest.Location(Summaries.locate(versioned.state(), sequence)));
        };
  }

  private ReplyEffect<ClassEvent, Versioned<ClassState>> recordScan(
      ClassState state, ClassRequest.RecordScan request) {
    lifecycle.awaitsWrite(request.replyTo());
    var decision = ScanDecider.record(state, request.command()).sealedBy(sealer);
    return Effect()
        .persist(decision.events())
        .thenReply(request.replyTo(), next -> new ClassRequest.ScanDecided(decision.result()));
  }

  private ReplyEffect<ClassEvent, Versioned<ClassState>> decideScans(
      Versioned<ClassState> versioned, ClassRequest.DecideScans request) {
    lifecycle.awaitsWrite(request.replyTo());
    var decisions = ScanBatchDecision.of(versioned, request.commands(), sealer);
    return Effect()
        .persist(decisions.events())
        .thenReply(request.replyTo(), next -> new ClassRequest.ScansDecided(decisions.results()));
  }

  private Classes.Answer done(ClassState state, List<ClassEvent> events) {
    return new Classes.Answer.Done(
        Summaries.of(id, state).orElseThrow(), !events.isEmpty(), Summaries.enrolledBy(events));
  }

  @Override
  public EventHandler<Versioned<ClassState>, ClassEvent> eventHandler() {
    return (versioned, event) ->
        versioned.next(ClassEvolution.evolve(versioned.state(), event, versioned.revision() + 1));
  }

  @Override
  public boolean shouldSnapshot(
      Versioned<ClassState> versioned, ClassEvent event, long sequenceNumber) {
    return Snapshots.isDue(sequenceNumber, settings.snapshotEvery());
  }

  @Override
  public SignalHandler<Versioned<ClassState>> signalHandler() {
    return lifecycle.signalHandler();
  }
}
