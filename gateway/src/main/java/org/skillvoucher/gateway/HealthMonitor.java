package org.skillvoucher.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.skillvoucher.gateway.api.Health;
import org.skillvoucher.gateway.audit.PeriodicAudit;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.evidence.EvidenceFollower;
import org.skillvoucher.gateway.flag.Flags;
import org.skillvoucher.gateway.journal.feed.FeedLag;
import org.skillvoucher.gateway.projection.ReadModels;

/**
 * The node's health, probed every second, so that a health request costs nothing and never blocks.
 */
final class HealthMonitor implements AutoCloseable {
  private static final int PROBE_SECONDS = 2;

  private final ActorSystem<?> system;
  private final Probes probes;
  private final Map<String, FeedLag> lags;
  private final Map<String, Duration> measured = new ConcurrentHashMap<>();
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final ScheduledExecutorService probe =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health").factory());

  private volatile boolean started;
  private volatile boolean databaseAnswers;

  /**
   * What is probed.
   *
   * @param hasRoomForConnections whether the API would take one more connection
   */
  record Probes(Database database, BooleanSupplier hasRoomForConnections, PeriodicAudit audit) {}

  HealthMonitor(
      ActorSystem<?> system, Probes probes, Map<String, FeedLag> lags, MeterRegistry meters) {
    this.system = system;
    this.probes = probes;
    this.lags = Map.copyOf(lags);
    gauge("vgw.feed.lag", ReadModels.NAME, "read models", meters);
    gauge("vgw.evidence.lag", EvidenceFollower.NAME, "evidence", meters);
    gauge("vgw.flags.lag", Flags.NAME, "flags", meters);
    Gauge.builder("vgw.audit.differences", probes.audit()::differences)
        .description("entities whose journal and read models differed at the last audit")
        .register(meters);
    Gauge.builder("vgw.audit.failures", probes.audit()::failures)
        .description("audits that failed, for example because the database did not answer")
        .register(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    gcMetrics.bindTo(meters);
    look();
    var unused = probe.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void gauge(String name, String follower, String tables, MeterRegistry meters) {
    Gauge.builder(name, () -> measured.getOrDefault(follower, Duration.ZERO).toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("age of the oldest event not yet applied to the " + tables)
        .register(meters);
  }

  void started() {
    started = true;
  }

  Health health() {
    boolean member = Cluster.get(system).selfMember().status() == MemberStatus.up();
    boolean room = probes.hasRoomForConnections().getAsBoolean();
    return new Health(
        started,
        !system.whenTerminated().isCompleted(),
        started && member && databaseAnswers && room,
        Map.of("cluster", member, "database", databaseAnswers, "connections", room));
  }

  /** Never throws: the executor cancels a periodic task at its first exception. */
  private void look() {
    databaseAnswers = answers();
    if (databaseAnswers) {
      lags.forEach(
          (follower, lag) -> {
            var unused =
                lag.of(follower)
                    .whenComplete(
                        (found, failure) -> {
                          if (found != null) {
                            measured.put(follower, found);
                          }
                        });
          });
    }
  }

  private boolean answers() {
    try (var connection = probes.database().pool().getConnection()) {
      return connection.isValid(PROBE_SECONDS);
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    probe.shutdownNow();
    gcMetrics.close();
  }
}
