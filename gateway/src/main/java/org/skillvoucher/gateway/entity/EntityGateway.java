package org.skillvoucher.gateway.entity;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.japi.function.Function;
import org.skillvoucher.gateway.journal.writer.JournalWriter;

/**
 * Asks the entities of one type, which are sharded over the cluster.
 *
 * <p>What follows an answer runs on the dispatcher, which has as many threads as there are cores:
 * by default it would run in the JVM's common pool beside it, and what is chained without a pool,
 * in the entity's own turn.
 *
 * @param <M> the entities' requests
 */
final class EntityGateway<M> {
  private final ClusterSharding sharding;
  private final EntityTypeKey<M> type;
  private final Executor dispatcher;
  private final JournalWriter journal;
  private final Duration timeout;

  private EntityGateway(ActorSystem<?> system, EntityTypeKey<M> type, Duration timeout) {
    this.sharding = ClusterSharding.get(system);
    this.type = type;
    this.dispatcher = system.executionContext();
    this.journal = JournalWriter.of(system);
    this.timeout = timeout;
  }

  /** Starts the sharding of a type; its entities are activated by the first request. */
  static <M> EntityGateway<M> start(
      ActorSystem<?> system,
      EntityTypeKey<M> type,
      java.util.function.Function<String, Behavior<M>> entities,
      EntitySettings settings) {
    var gateway = new EntityGateway<>(system, type, settings.askTimeout());
    gateway.sharding.init(Entity.of(type, entity -> entities.apply(entity.getEntityId())));
    return gateway;
  }

  /** The answer; the stage fails with a timeout after {@code askTimeout}. */
  <A> CompletionStage<A> ask(String id, Function<ActorRef<A>, M> request) {
    return sharding
        .entityRefFor(type, id)
        .<A>ask(request, timeout)
        .thenApplyAsync(answer -> answer, dispatcher);
  }

  /**
   * The answer to a request that may write. Under backpressure from the journal, while its queue is
   * full, the request is shed with {@link WriteNotAcknowledged} (load shedding): a write that the
   * journal rejected would stop the entity, which costs a restart and a recovery.
   */
  <A> CompletionStage<A> askToWrite(String id, Function<ActorRef<A>, M> command) {
    return journal.isQueueFull()
        ? CompletableFuture.failedStage(new WriteNotAcknowledged())
        : ask(id, command);
  }
}
