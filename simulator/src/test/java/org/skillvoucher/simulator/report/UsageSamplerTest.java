package org.skillvoucher.simulator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer;

final class UsageSamplerTest {
  private static final long SECOND = 1_000_000_000;

  private String metrics =
      """
      # HELP jvm_memory_used_bytes The amount of used memory
      # TYPE jvm_memory_used_bytes gauge
      jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 4.194304E7
      jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 1.048576E7
      jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
      jvm_gc_live_data_size_bytes 2.097152E7
      jvm_threads_live_threads 64.0
      vgw_entities_stopped_total 3.0
      vgw_feed_lag_seconds 0.25
      vgw_flags_lag_seconds NaN
      process_cpu_time_ns_total 5.0E9
      """;

  private final StubServer server =
      StubServer.start(
          0,
          10_000,
          new StubServer.Route(
              "GET",
              "/metrics",
              request -> new StubReply(200, Map.of("Content-Type", "text/plain"), bytes())));

  private byte[] bytes() {
    return metrics.getBytes(UTF_8);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void heapLagAndCpuTimeOfARemoteGatewayAreScraped() {
    try (var sampler = UsageSampler.idle(remote(), 0)) {
      sampler.sample(SECOND);
      metrics = metrics.replace("5.0E9", "8.0E9");
      sampler.sample(3 * SECOND);
      List<Usage> taken = sampler.taken();
      assertEquals(List.of(1.0, 3.0), taken.stream().map(Usage::at).toList());
      assertEquals(
          Set.of(
              Gauge.GATEWAY_HEAP,
              Gauge.GATEWAY_HEAP_LIVE,
              Gauge.GATEWAY_THREADS,
              Gauge.ENTITIES_STOPPED,
              Gauge.FEED_LAG),
          taken.getFirst().values().keySet());
      assertEquals(50, taken.getFirst().values().get(Gauge.GATEWAY_HEAP));
      assertEquals(20, taken.getFirst().values().get(Gauge.GATEWAY_HEAP_LIVE));
      assertEquals(3, taken.getFirst().values().get(Gauge.ENTITIES_STOPPED));
      assertEquals(64, taken.getFirst().values().get(Gauge.GATEWAY_THREADS));
      assertEquals(250, taken.getFirst().values().get(Gauge.FEED_LAG));
      // three seconds of processor time in two: one core and a half
      assertEquals(150, taken.getLast().values().get(Gauge.GATEWAY_CPU));
    }
  }

  @Test
  void theLiveHeapIsUnknownBeforeTheFirstCollection() {
    metrics = metrics.replace("live_data_size_bytes 2.097152E7", "live_data_size_bytes 0.0");
    try (var sampler = UsageSampler.idle(remote(), 0)) {
      sampler.sample(SECOND);
      assertFalse(sampler.taken().getFirst().values().containsKey(Gauge.GATEWAY_HEAP_LIVE));
    }
  }

  @Test
  void aRestartedCpuCounterYieldsNoNegativeUsage() {
    try (var sampler = UsageSampler.idle(remote(), 0)) {
      sampler.sample(SECOND);
      metrics = metrics.replace("5.0E9", "1.0E9");
      sampler.sample(2 * SECOND);
      assertFalse(sampler.taken().getLast().values().containsKey(Gauge.GATEWAY_CPU));
    }
  }

  @Test
  void gaugesOfAProcessThatIsDownAreAbsent() {
    server.close();
    try (var sampler = UsageSampler.idle(remote(), 0)) {
      sampler.sample(SECOND);
      sampler.sample(2 * SECOND);
      assertTrue(
          sampler.taken().stream()
              .allMatch(
                  sample -> Set.of(Gauge.SIMULATOR_CPU).containsAll(sample.values().keySet())));
    }
  }

  @Test
  void aLocalProcessIsSampledWithoutScraping() {
    Optional<ProcessHandle> ourselves = Optional.of(ProcessHandle.current());
    var sources =
        new UsageSampler.Sources(() -> ourselves, () -> ourselves, Optional::<String>empty);
    try (var sampler = UsageSampler.idle(sources, 0)) {
      sampler.sample(SECOND);
      useCpu(ourselves.get(), 50_000_000);
      sampler.sample(2 * SECOND);
      Usage seen = sampler.taken().getLast();
      assertEquals(
          Set.of(
              Gauge.GATEWAY_CPU, Gauge.POSTGRES_CPU, Gauge.POSTGRES_PROCESSES, Gauge.SIMULATOR_CPU),
          seen.values().keySet());
      for (Gauge cpu : List.of(Gauge.GATEWAY_CPU, Gauge.POSTGRES_CPU, Gauge.SIMULATOR_CPU)) {
        assertTrue(seen.values().getOrDefault(cpu, 0.0) >= 5, seen::toString);
      }
    }
  }

  /** Busy until the process has used so much more CPU time. */
  private static void useCpu(ProcessHandle process, long nanos) {
    long before = process.info().totalCpuDuration().orElseThrow().toNanos();
    while (process.info().totalCpuDuration().orElseThrow().toNanos() < before + nanos) {
      Thread.onSpinWait();
    }
  }

  private UsageSampler.Sources remote() {
    return new UsageSampler.Sources(
        Optional::<ProcessHandle>empty,
        Optional::<ProcessHandle>empty,
        () -> Optional.of(server.url()));
  }
}
