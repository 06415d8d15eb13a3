package org.skillvoucher.gateway.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and times requests by route, method and status. The route is its template and never the
 * address, so that the number of series stays that of the routes.
 */
final class RequestMetrics {
  static final String NO_ROUTE = "none";

  private final String name;
  private final MeterRegistry registry;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * Of one port.
   *
   * @param port what the meters' names begin with
   */
  RequestMetrics(String port, MeterRegistry registry) {
    this.name = port + ".requests";
    this.registry = registry;
    Gauge.builder(name + ".in.flight", inFlight, AtomicInteger::get)
        .description("Requests in hand")
        .register(registry);
  }

  int begin() {
    return inFlight.incrementAndGet();
  }

  void end(String route, String method, int status, long startedNanos) {
    inFlight.decrementAndGet();
    Timer.builder(name)
        .description("Requests answered, and how long that took")
        .tag("route", route)
        .tag("method", method)
        .tag("status", Integer.toString(status))
        .publishPercentileHistogram(false)
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - startedNanos));
  }
}
