package org.skillvoucher.simulator.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.report.Measured.Usage;

/**
 * Samples the resource usage of gateway, database and simulator once a second. Gauges without a
 * value, because the process is down or on another machine, are absent from the sample.
 */
public final class UsageSampler implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofMillis(900);
  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private final Sources sources;
  private final RetryingHttpClient http;
  private final long start;
  private final CpuTime gateway = new CpuTime();
  private final CpuTime postgres = new CpuTime();
  private final CpuTime simulator = new CpuTime();
  private final ConcurrentLinkedQueue<Usage> taken = new ConcurrentLinkedQueue<>();
  private final Optional<Duration> collectEvery;
  private int collections;
  private final ScheduledExecutorService everySecond =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("usage").factory());
  private long lastSample;
  private OptionalDouble lastCpuNanos = OptionalDouble.empty();

  /**
   * The sampled processes; resolved for each sample, because faults replace processes.
   *
   * @param gateway its process, if on this machine
   * @param postmaster the database's parent process, if on this machine
   * @param management address of the gateway's management port, if known
   */
  public record Sources(
      Supplier<Optional<ProcessHandle>> gateway,
      Supplier<Optional<ProcessHandle>> postmaster,
      Supplier<Optional<String>> management) {}

  private UsageSampler(Sources sources, long start, Optional<Duration> collectEvery) {
    this.collectEvery = collectEvery;
    this.sources = sources;
    this.start = start;
    http = new RetryingHttpClient(time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()), ANSWER_MAX);
  }

  /** Without a schedule: the caller calls {@link #sample}. */
  static UsageSampler idle(Sources sources, long start) {
    return new UsageSampler(sources, start, Optional.empty());
  }

  /**
   * Starts sampling.
   *
   * @param start the run's start by {@link System#nanoTime}
   * @param collectEvery interval of full garbage collections of a gateway on this machine
   */
  public static UsageSampler start(Sources sources, long start, Optional<Duration> collectEvery) {
    UsageSampler sampler = new UsageSampler(sources, start, collectEvery);
    var unused =
        sampler.everySecond.scheduleAtFixedRate(
            () -> sampler.sample(System.nanoTime()), 0, 1, TimeUnit.SECONDS);
    return sampler;
  }

  /** The samples so far. */
  public List<Usage> taken() {
    return List.copyOf(taken);
  }

  /** Never throws: an exception would end the schedule. */
  void sample(long now) {
    Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
    double nanos = now - lastSample;
    cpu(values, Gauge.GATEWAY_CPU, gateway.since(CpuTime.family(sources.gateway().get())), nanos);
    List<ProcessHandle> database = CpuTime.family(sources.postmaster().get()).toList();
    cpu(values, Gauge.POSTGRES_CPU, postgres.since(database.stream()), nanos);
    if (!database.isEmpty()) {
      values.put(Gauge.POSTGRES_PROCESSES, (double) database.size());
    }
    cpu(values, Gauge.SIMULATOR_CPU, simulator.since(self()), nanos);
    Scrape scrape = sources.management().get().map(this::scrape).orElse(Scrape.none());
    scraped(values, scrape);
    liveHeap(now).ifPresent(heap -> values.put(Gauge.GATEWAY_HEAP_FULL, heap));
    remoteCpu(values, scrape.sum("process_cpu_time_ns_total"), nanos);
    lastSample = now;
    if (!values.isEmpty()) {
      taken.add(new Usage((now - start) / 1e9, values));
    }
  }

  private static void cpu(
      Map<Gauge, Double> values, Gauge gauge, Optional<Duration> taken, double nanos) {
    taken.ifPresent(cpu -> values.put(gauge, 100 * cpu.toNanos() / nanos));
  }

  private static void scraped(Map<Gauge, Double> values, Scrape scrape) {
    OptionalDouble heap = scrape.sum("jvm_memory_used_bytes", "area=\"heap\"");
    put(values, Gauge.GATEWAY_HEAP, heap, 1 / BYTES_PER_MEGABYTE);
    OptionalDouble live = scrape.sum("jvm_gc_live_data_size_bytes");
    if (live.orElse(0) > 0) { // unknown before the first collection
      put(values, Gauge.GATEWAY_HEAP_LIVE, live, 1 / BYTES_PER_MEGABYTE);
    }
    put(values, Gauge.GATEWAY_THREADS, scrape.sum("jvm_threads_live_threads"), 1);
    put(values, Gauge.ENTITIES_STOPPED, scrape.sum("vgw_entities_stopped_total"), 1);
    put(values, Gauge.FEED_LAG, scrape.sum("vgw_feed_lag_seconds"), 1000);
    put(values, Gauge.FLAGS_LAG, scrape.sum("vgw_flags_lag_seconds"), 1000);
  }

  /** Megabytes in use after a full garbage collection, when one is due and succeeds. */
  private Optional<Double> liveHeap(long now) {
    if (collectEvery.isEmpty() || (now - start) / collectEvery.get().toNanos() < collections) {
      return Optional.empty();
    }
    collections++;
    if (!sources.gateway().get().map(FullGc::run).orElse(false)) {
      return Optional.empty();
    }
    Scrape after = sources.management().get().map(this::scrape).orElse(Scrape.none());
    // Allocations since the collection are in the young generation.
    OptionalDouble old = after.sum("jvm_memory_used_bytes", " Old Gen\"");
    return old.isPresent() ? Optional.of(old.getAsDouble() / BYTES_PER_MEGABYTE) : Optional.empty();
  }

  private static void put(
      Map<Gauge, Double> values, Gauge gauge, OptionalDouble value, double factor) {
    value.ifPresent(number -> values.put(gauge, number * factor));
  }

  /** From the metrics of a remote gateway; the counter restarts at zero with the process. */
  private void remoteCpu(Map<Gauge, Double> values, OptionalDouble cpuNanos, double nanos) {
    if (lastCpuNanos.isPresent()
        && cpuNanos.isPresent()
        && cpuNanos.getAsDouble() >= lastCpuNanos.getAsDouble()) {
      values.putIfAbsent(
          Gauge.GATEWAY_CPU, 100 * (cpuNanos.getAsDouble() - lastCpuNanos.getAsDouble()) / nanos);
    }
    lastCpuNanos = cpuNanos;
  }

  /** Without the simulator's child processes: the gateway may be one of them. */
  private static Stream<ProcessHandle> self() {
    return Stream.of(ProcessHandle.current());
  }

  private Scrape scrape(String management) {
    try {
      HttpAnswer answer = http.once(HttpCall.get(management + "/metrics"));
      return answer.status() == 200
          ? Scrape.of(new String(answer.body(), StandardCharsets.UTF_8))
          : Scrape.none();
    } catch (IOException | RuntimeException e) {
      return Scrape.none(); // down because of an injected fault
    }
  }

  @Override
  public void close() {
    everySecond.shutdownNow();
    http.close();
  }
}
