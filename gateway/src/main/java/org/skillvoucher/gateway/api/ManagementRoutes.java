package org.skillvoucher.gateway.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.server.Route;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.RequestMetrics;
import org.skillvoucher.gateway.http.RequestPipeline;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.security.IdempotentCalls;

/**
 * The management port: for the operator's own network, so it is without authentication. Carries no
 * personal data.
 */
public final class ManagementRoutes {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Health> health;
  private final PrometheusMeterRegistry meters;

  private ManagementRoutes(Supplier<Health> health, PrometheusMeterRegistry meters) {
    this.health = health;
    this.meters = meters;
  }

  /**
   * The routes of the management port.
   *
   * @param clock the clock that can be advanced; empty except in start-dev
   */
  public static Route route(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Supplier<Health> health,
      PrometheusMeterRegistry meters,
      Optional<MovableClock> clock) {
    List<Endpoint> endpoints = new ArrayList<>(new ManagementRoutes(health, meters).endpoints());
    clock.ifPresent(movable -> endpoints.addAll(clockEndpoints(movable)));
    return Api.route(
        new RequestPipeline(
            system,
            settings,
            token -> CompletableFuture.completedStage(Optional.empty()),
            new NoIdempotencyKeys(),
            new RequestMetrics("vgw.management", meters),
            endpoints));
  }

  private List<Endpoint> endpoints() {
    return List.of(
        // 200 or 503
        open("/health/live", Health::live),
        open("/health/ready", Health::ready),
        open("/health/started", Health::started),
        // Prometheus text
        Endpoint.get(
                "/metrics",
                Set.of(),
                call ->
                    () ->
                        CompletableFuture.completedStage(
                            Reply.of(
                                200, METRICS, meters.scrape().getBytes(StandardCharsets.UTF_8))))
            .producing("text/plain"));
  }

  private record HealthBody(String status, Map<String, Boolean> checks) {}

  private Endpoint open(String template, Predicate<Health> isWell) {
    return Endpoint.get(
        template,
        Set.of(),
        call ->
            () -> {
              Health now = health.get();
              boolean well = isWell.test(now);
              return CompletableFuture.completedStage(
                  Reply.json(
                      well ? 200 : 503,
                      new HealthBody(well ? "up" : "down", new TreeMap<>(now.checks()))));
            });
  }

  private record Now(String now) {
    static Reply of(MovableClock clock) {
      return Reply.json(200, new Now(Times.text(clock.now())));
    }
  }

  private static List<Endpoint> clockEndpoints(MovableClock clock) {
    return List.of(
        // GET and POST {"advanceTo": time} /dev/clock
        Endpoint.get(
            "/dev/clock", Set.of(), call -> () -> CompletableFuture.completedStage(Now.of(clock))),
        Endpoint.post("/dev/clock", Set.of(), Endpoint.Body.JSON, call -> advance(clock, call))
            .leavingTheKeyToTheClass());
  }

  private static Endpoint.Work advance(MovableClock clock, Call call) {
    Fields in = Fields.of(call.json(), "advanceTo");
    Optional<Instant> to = in.time("advanceTo");
    in.refuseIfFaulty();
    return () -> {
      if (!clock.advanceTo(to.orElseThrow())) {
        throw new ProblemException(
            Problem.of(Code.CLOCK_FORWARD_ONLY, "It is later than that already.", "当前时间已晚于所给时间。"));
      }
      return CompletableFuture.completedStage(Now.of(clock));
    };
  }

  /** This port takes no idempotency keys. */
  private static final class NoIdempotencyKeys implements IdempotentCalls {
    @Override
    public CompletionStage<KeyClaim> claim(String tokenId, String key, byte[] request, Kept kept) {
      return CompletableFuture.failedStage(new IllegalStateException("no keys here"));
    }

    @Override
    public CompletionStage<Done> release(String tokenId, String key) {
      return CompletableFuture.failedStage(new IllegalStateException("no keys here"));
    }

    @Override
    public CompletionStage<StoredAnswer> store(String tokenId, String key, StoredAnswer answer) {
      return CompletableFuture.failedStage(new IllegalStateException("no keys here"));
    }
  }
}
