package org.skillvoucher.gateway.forward;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/**
 * Metrics of forwarding. The gauges are sampled by the forwarder, which runs on one node of the
 * cluster; on the others they are NaN.
 */
public final class ForwardMeters implements Extension, MeterBinder {
  private static final Id ID = new Id();

  final LongAdder delivered = new LongAdder();
  final LongAdder accepted = new LongAdder();
  final LongAdder failed = new LongAdder();
  private volatile Optional<Outbox.Standing> standing = Optional.empty();

  private ForwardMeters() {}

  private static final class Id extends ExtensionId<ForwardMeters> {
    @Override
    public ForwardMeters createExtension(ActorSystem<?> system) {
      return new ForwardMeters();
    }
  }

  /** Those of an actor system. */
  public static ForwardMeters of(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  void sampled(Outbox.Standing now) {
    standing = Optional.of(now);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("pending", "messages that are still being sent", Outbox.Standing::pending, registry);
    gauge("parked", "messages that wait for an operator", Outbox.Standing::parked, registry);
    Gauge.builder(
            "vgw.forward.oldest", this, meters -> meters.sample(Outbox.Standing::oldestSeconds))
        .baseUnit("seconds")
        .description("age of the oldest message that is pending or parked; 0 when there is none")
        .register(registry);
    counter("delivered", delivered, "messages acknowledged", registry);
    counter("accepted", accepted, "messages answered 2xx without an acknowledgement", registry);
    counter("failed", failed, "attempts that failed", registry);
  }

  private void gauge(
      String name,
      String description,
      ToDoubleFunction<Outbox.Standing> value,
      MeterRegistry registry) {
    Gauge.builder("vgw.forward." + name, this, meters -> meters.sample(value))
        .description(description)
        .register(registry);
  }

  private double sample(ToDoubleFunction<Outbox.Standing> value) {
    return standing.map(value::applyAsDouble).orElse(Double.NaN);
  }

  private static void counter(
      String name, LongAdder count, String description, MeterRegistry registry) {
    FunctionCounter.builder("vgw.forward." + name, count, LongAdder::sum)
        .description(description)
        .register(registry);
  }
}
