package org.skillvoucher.gateway.entity;

import java.util.List;
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
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.trainingclass.ClassDecider;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassFact;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/**
 * One training class: decides, has the receipt sealed, keeps, answers. A receipt leaves only after
 * the write that holds it.
 */
final class TrainingClassActor
    extends EventSourcedBehaviorWithEnforcedReplies<
        ClassRequest, ClassEvent, Versioned<ClassState>> {

  static final EntityTypeKey<ClassRequest> TYPE = EntityTypeKey.create(ClassRequest.class, "class");

  private final ClassId id;
  private final ReceiptSealer sealer;
  private final EntitySettings settings;
  private final ActorContext<ClassRequest> context;
  private final EntityFailures stops;

  /** Who waits for the write under way. */
  private Optional<ActorRef<?>> pendingReplyTo = Optional.empty();

  static Behavior<ClassRequest> create(ClassId id, ReceiptSealer sealer, EntitySettings settings) {
    return Behaviors.setup(context -> new TrainingClassActor(id, sealer, settings, context));
  }

  private TrainingClassActor(
      ClassId id,
      ReceiptSealer sealer,
      EntitySettings settings,
      ActorContext<ClassRequest> context) {
    super(PersistenceId.of(TYPE.name(), id.value()), Recovery.afterFailure(settings));
    this.id = id;
    this.sealer = sealer;
    this.settings = settings;
    this.context = context;
    stops = EntityFailures.of(context.getSystem());
  }

  @Override
  public Versioned<ClassState> emptyState() {
    return new Versioned<>(0, ClassState.initial());
  }

  @Override
  public CommandHandlerWithReply<ClassRequest, ClassEvent, Versioned<ClassState>> commandHandler() {
    return (kept, request) ->
        switch (request) {
          case ClassRequest.Decide decide -> decide(kept.state(), decide);
          case ClassRequest.DecideScans rule -> decideScans(kept, rule);
          case ClassRequest.PreCheck(var questions, var replyTo) ->
              Effect()
                  .reply(
                      replyTo,
                      new ClassRequest.ScanReplies(
                          questions.stream()
                              .map(question -> ClassScans.preCheck(kept.state(), question))
                              .toList()));
          case ClassRequest.Find(var replyTo) ->
              Effect().reply(replyTo, new ClassRequest.Found(Summaries.of(id, kept.state())));
          case ClassRequest.Locate(var sequence, var replyTo) ->
              Effect()
                  .reply(
                      replyTo, new ClassRequest.Location(Summaries.locate(kept.state(), sequence)));
          case ClassRequest.Completed(var replyTo) ->
              Effect().reply(replyTo, new ClassRequest.CompletedVouchers(completed(kept.state())));
        };
  }

  private ReplyEffect<ClassEvent, Versioned<ClassState>> decide(
      ClassState state, ClassRequest.Decide request) {
    pendingReplyTo = Optional.of(request.replyTo());
    return switch (ClassDecider.decide(state, request.command())) {
      case Decision.Rejected<ClassFact, ClassRefusal>(var reason) ->
          Effect().reply(request.replyTo(), new Classes.Answer.Refused(reason));
      case Decision.Accepted<ClassFact, ClassRefusal>(var facts) ->
          Effect()
              .persist(sealed(facts))
              .thenReply(
                  request.replyTo(),
                  next ->
                      new Classes.Answer.Done(
                          Summaries.of(id, next.state()).orElseThrow(),
                          !facts.isEmpty(),
                          Summaries.enrolledBy(facts)));
    };
  }

  private ReplyEffect<ClassEvent, Versioned<ClassState>> decideScans(
      Versioned<ClassState> kept, ClassRequest.DecideScans request) {
    pendingReplyTo = Optional.of(request.replyTo());
    ClassScans.Decided ruled = ClassScans.decide(kept, request.commands(), sealer);
    return Effect()
        .persist(ruled.events())
        .thenReply(request.replyTo(), next -> new ClassRequest.ScanReplies(ruled.replies()));
  }

  private List<ClassEvent> sealed(List<ClassFact> facts) {
    return facts.stream().map(fact -> fact.sealedBy(sealer)).toList();
  }

  private static Optional<List<VoucherId>> completed(ClassState state) {
    return state instanceof ClassState.Closed closed
        ? Optional.of(closed.completedVouchers())
        : Optional.empty();
  }

  @Override
  public EventHandler<Versioned<ClassState>, ClassEvent> eventHandler() {
    return (kept, event) -> {
      long eventNumber = kept.revision() + 1;
      return new Versioned<>(eventNumber, ClassEvolution.evolve(kept.state(), event, eventNumber));
    };
  }

  @Override
  public boolean shouldSnapshot(Versioned<ClassState> kept, ClassEvent event, long sequenceNumber) {
    return Snapshots.isDue(sequenceNumber, settings.snapshotEvery());
  }

  @Override
  public SignalHandler<Versioned<ClassState>> signalHandler() {
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
