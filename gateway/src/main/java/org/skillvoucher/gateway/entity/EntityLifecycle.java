package org.skillvoucher.gateway.entity;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/**
 * What every entity does apart from its rules: it persists what was decided before it replies,
 * checks its recovery, and answers at once when a write failed.
 *
 * @param <E> the entity's event
 * @param <S> its state
 */
final class EntityLifecycle<E, S> {
  private final EventSourcedBehavior<?, E, Versioned<S>> behavior;
  private final ActorContext<?> context;
  private final PersistenceId id;
  private final EntityFailures failures;
  private final int failuresBeforeError;

  /** The sender that waits for the write under way. */
  private Optional<ActorRef<?>> pendingReplyTo = Optional.empty();

  EntityLifecycle(
      EventSourcedBehavior<?, E, Versioned<S>> behavior,
      ActorContext<?> context,
      EntitySettings settings) {
    this.behavior = behavior;
    this.context = context;
    id = behavior.persistenceId();
    failures = EntityFailures.of(context.getSystem());
    failuresBeforeError = settings.failuresBeforeError();
  }

  /** To be called with each request that may write. */
  void awaitsWrite(ActorRef<?> replyTo) {
    pendingReplyTo = Optional.of(replyTo);
  }

  /**
   * Persists the events of a decision and replies.
   *
   * @param done makes the reply of the new state and of the events written, none for a command that
   *     had its effect before
   */
  <R, A> ReplyEffect<E, Versioned<S>> reply(
      Decision<E, R> decision,
      ActorRef<A> replyTo,
      Function<R, A> refused,
      BiFunction<S, List<E>, A> done) {
    awaitsWrite(replyTo);
    return switch (decision) {
      case Decision.Rejected<E, R>(var reason) ->
          behavior.Effect().reply(replyTo, refused.apply(reason));
      case Decision.Accepted<E, R>(var events) ->
          behavior.Effect()
              .persist(events)
              .thenReply(replyTo, next -> done.apply(next.state(), events));
    };
  }

  SignalHandler<Versioned<S>> signalHandler() {
    return behavior
        .newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            recovered -> {
              try {
                Recovery.check(recovered.revision(), behavior.lastSequenceNumber(context));
              } catch (IllegalStateException gap) {
                failures.unrecoverable(id, gap);
                throw gap;
              }
              failures.recovered(id);
            })
        .onSignal(
            RecoveryFailed.class,
            (recovered, failed) -> {
              failures.stopped(id);
              failures.notRecovered(id, failed.getFailure(), failuresBeforeError);
            })
        .onSignal(
            JournalPersistFailed.class,
            (before, failed) -> {
              failures.stopped(id);
              pendingReplyTo.ifPresent(WriteNotAcknowledged::replyTo);
            })
        .build();
  }
}
