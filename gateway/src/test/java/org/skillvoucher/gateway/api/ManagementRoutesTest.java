package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.server.Route;
import org.junit.jupiter.api.Test;

class ManagementRoutesTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock = new Clock();
  private Health health = new Health(true, true, true, Map.of("database", true));

  private static final class Clock implements MovableClock {
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public boolean advanceTo(Instant to) {
      boolean forward = !to.isBefore(now);
      now = forward ? to : now;
      return forward;
    }
  }

  private Route route(Optional<MovableClock> movable) {
    return ManagementRoutes.route(TestSystem.ONLY, World.SETTINGS, () -> health, meters, movable);
  }

  private Answer ask(Ask ask) {
    return ask.toUndescribed(route(Optional.of(clock)));
  }

  @Test
  void aHealthyNodeIsUpOnAllThree() {
    for (String path : new String[] {"/health/live", "/health/ready", "/health/started"}) {
      Answer up = ask(Ask.get(path)).is(200);
      assertEquals("up", up.json().path("status").asText());
      assertTrue(up.json().at("/checks/database").asBoolean());
    }
  }

  @Test
  void eachOfTheThreeIsTakenByItself() {
    health = new Health(true, true, false, Map.of("database", false));
    ask(Ask.get("/health/live")).is(200);
    ask(Ask.get("/health/started")).is(200);
    assertEquals("down", ask(Ask.get("/health/ready")).is(503).json().path("status").asText());
    health = new Health(false, false, false, Map.of());
    ask(Ask.get("/health/live")).is(503);
    ask(Ask.get("/health/started")).is(503);
  }

  @Test
  void metersAreScrapedAsPrometheusAsksForThem() {
    meters.counter("scans").increment();
    Answer scraped =
        ask(
            Ask.get("/metrics")
                .accept(
                    "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3,*/*;q=0.1"));
    assertTrue(scraped.is(200).text().contains("scans_total 1.0"));
    assertTrue(scraped.contentType().startsWith("text/plain"));
  }

  @Test
  void theClockGoesForwardOnly() {
    assertEquals(
        "2026-03-02T08:00:00+08:00",
        ask(Ask.get("/dev/clock")).is(200).json().path("now").asText());
    Answer moved = ask(advanceTo("2026-03-02T09:00:00+08:00")).is(200);
    assertEquals("2026-03-02T09:00:00+08:00", moved.json().path("now").asText());
    ask(advanceTo("2026-03-02T08:59:59+08:00")).isProblem(409, "clock_forward_only");
    ask(advanceTo("noon")).isProblem(422, "invalid_field");
    ask(Ask.with("POST", "/dev/clock").json("{")).isProblem(400, "malformed");
  }

  private static Ask advanceTo(String time) {
    return Ask.with("POST", "/dev/clock").json("{\"advanceTo\":\"" + time + "\"}");
  }

  @Test
  void withoutADevelopmentClockThereIsNoneToMove() {
    Route route = route(Optional.empty());
    Ask.get("/dev/clock").toUndescribed(route).isProblem(404, "not_found");
    advanceTo("2026-03-02T09:00:00+08:00").toUndescribed(route).isProblem(404, "not_found");
  }
}
