package org.skillvoucher.gateway.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and times requests by route, method and status. The route is the template, not the path,
 * which bounds the number of series.
 */
public final class RequestMetrics {
  static final String NO_ROUTE = "none";

  private final String name;
  private final String port;
  private final MeterRegistry registry;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  private record Series(String route, String method, int status) {}

  /**
   * The metrics of one port.
   *
   * @param port the prefix of the meters' names
   */
  public RequestMetrics(String port, MeterRegistry registry) {
    this.port = port;
    this.name = port + ".requests";
    this.registry = registry;
    Gauge.builder(name + ".in.flight", inFlight, AtomicInteger::get)
        .description("Requests in flight")
        .register(registry);
  }

  Admission admission(HttpSettings settings) {
    return new Admission(port, settings, registry);
  }

  void begin() {
    inFlight.incrementAndGet();
  }

  void end(String route, String method, int status, long startedNanos) {
    inFlight.decrementAndGet();
    timers
        .computeIfAbsent(new Series(route, method, status), this::timer)
        .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return Timer.builder(name)
        .description("Duration of answered requests")
        .tag("route", series.route())
        .tag("method", series.method())
        .tag("status", Integer.toString(series.status()))
        .register(registry);
  }
}
