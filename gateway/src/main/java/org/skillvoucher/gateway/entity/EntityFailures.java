package org.skillvoucher.gateway.entity;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.persistence.typed.PersistenceId;

/**
 * Entities of this node that stopped, because a write or a recovery failed, until they are
 * recovered. Overload stops none: load is shed before it reaches an entity.
 */
public final class EntityFailures implements Extension, MeterBinder {
  private static final Id ID = new Id();

  private final Set<PersistenceId> down = ConcurrentHashMap.newKeySet();
  private final LongAdder stopped = new LongAdder();

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
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("vgw.entities.stopped", stopped, LongAdder::sum)
        .description("how often an entity stopped because a write or a recovery failed")
        .register(registry);
    Gauge.builder("vgw.entities.down", down::size)
        .description("entities that stopped and are not recovered yet")
        .register(registry);
  }
}
