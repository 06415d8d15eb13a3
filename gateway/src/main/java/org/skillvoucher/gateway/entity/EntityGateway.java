package org.skillvoucher.gateway.entity;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.japi.function.Function;
import org.skillvoucher.gateway.journal.writer.JournalWriter;

/**
 * Asks entities. What follows an answer runs on the dispatcher, which has as many threads as there
 * are cores: left alone it would run in the JVM's common pool beside it, and what is chained
 * without a pool, in the entity's own turn.
 */
final class EntityGateway {
  private final Executor dispatcher;
  private final JournalWriter journal;
  private final Duration timeout;

  EntityGateway(ActorSystem<?> system, EntitySettings settings) {
    this.dispatcher = system.executionContext();
    this.journal = JournalWriter.of(system);
    this.timeout = settings.askTimeout();
  }

  /** The answer; the stage fails when none comes in time. */
  <M, A> CompletionStage<A> ask(EntityRef<M> entity, Function<ActorRef<A>, M> question) {
    return entity.<A>ask(question, timeout).thenApplyAsync(answer -> answer, dispatcher);
  }

  /**
   * The answer to something that is to be written. While the journal has its hands full the entity
   * is left alone: a write that failed would cost it a restart.
   */
  <M, A> CompletionStage<A> askToWrite(EntityRef<M> entity, Function<ActorRef<A>, M> command) {
    return journal.isQueueFull()
        ? CompletableFuture.failedStage(new WriteNotAcknowledged())
        : ask(entity, command);
  }
}
