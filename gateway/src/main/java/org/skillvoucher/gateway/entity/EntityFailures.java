package org.skillvoucher.gateway.entity;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entities of this node that stopped, because a write or a recovery failed, until they are
 * recovered. Overload stops none: load is shed before it reaches an entity.
 */
public final class EntityFailures implements Extension, MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(EntityFailures.class);
  private static final Id ID = new Id();

  private final Set<PersistenceId> down = ConcurrentHashMap.newKeySet();
  private final LongAdder stopped = new LongAdder();
  private final Map<PersistenceId, Integer> recoveriesFailed = new ConcurrentHashMap<>();
  private final Set<PersistenceId> unrecoverable = ConcurrentHashMap.newKeySet();

  private EntityFailures() {}

  private static final class Id extends ExtensionId<EntityFailures> {
    @Override
    public EntityFailures createExtension(ActorSystem<?> system) {
      return new EntityFailures();
    }
  }

  /** Those of an actor system. */
  public static EntityFailures of(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** An entity that fails repeatedly until it is recovered counts once. */
  void stopped(PersistenceId entity) {
    if (down.add(entity)) {
      stopped.increment();
    }
  }

  void recovered(PersistenceId entity) {
    down.remove(entity);
    recoveriesFailed.remove(entity);
    if (unrecoverable.remove(entity)) {
      LOG.info("{} is recovered", entity.id());
    }
  }

  /** A recovery failed; after so many in a row the entity is reported, once. */
  void notRecovered(PersistenceId entity, Throwable cause, int failuresBeforeError) {
    if (recoveriesFailed.merge(entity, 1, Integer::sum) >= failuresBeforeError) {
      unrecoverable(entity, cause);
    }
  }

  /** It cannot be recovered as its journal is; reported once. */
  void unrecoverable(PersistenceId entity, Throwable cause) {
    if (unrecoverable.add(entity)) {
      LOG.error("{} cannot be recovered; its requests are answered 503", entity.id(), cause);
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("vgw.entities.stopped", stopped, LongAdder::sum)
        .description("how often an entity stopped because a write or a recovery failed")
        .register(registry);
    Gauge.builder("vgw.entities.down", down::size)
        .description("entities that stopped and are not recovered yet")
        .register(registry);
    Gauge.builder("vgw.entities.unrecoverable", unrecoverable::size)
        .description("entities whose recovery failed again and again; each needs an operator")
        .register(registry);
  }
}
