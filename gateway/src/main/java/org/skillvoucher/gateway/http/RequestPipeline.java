package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.Patterns;
import org.skillvoucher.gateway.security.Authenticator;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.IdempotentCalls;

/**
 * The path of every request, in this order: admission control (load shedding: more than {@code
 * in-flight-max} requests in flight are answered 503 with Retry-After, which is the backpressure a
 * caller gets), routing, timeout, authentication, authorisation, content negotiation, reading the
 * body, idempotency. Only then its route runs. Every failure becomes a problem (RFC 9457) here.
 */
public final class RequestPipeline {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");
  private static final Pattern BEARER =
      Pattern.compile("Bearer +(\\S.{0,511})", Pattern.CASE_INSENSITIVE);

  /** How soon a call that waits for the answer of another one looks again. */
  private static final Duration WAIT = Duration.ofMillis(25);

  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,128}");

  private final ClassicActorSystemProvider system;
  private final HttpSettings settings;
  private final Authenticator authenticator;
  private final IdempotentCalls idempotentCalls;
  private final RequestMetrics metrics;
  private final FailureProblems failures;
  private final FilesInFlight filesInFlight;
  private final RouteTable routes;
  private final Admission admission;

  public RequestPipeline(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Authenticator authenticator,
      IdempotentCalls idempotentCalls,
      RequestMetrics metrics,
      List<Endpoint> endpoints) {
    this.system = system;
    this.settings = settings;
    this.authenticator = authenticator;
    this.idempotentCalls = idempotentCalls;
    this.metrics = metrics;
    this.failures = new FailureProblems(settings.retryAfter());
    this.filesInFlight = new FilesInFlight(settings.rosters(), settings.retryAfter());
    this.routes = new RouteTable(endpoints);
    this.admission = metrics.admission(settings);
  }

  /** Answers a request; the stage never fails. */
  public CompletionStage<HttpResponse> answer(HttpRequest request) {
    long startedNanos = System.nanoTime();
    Exchange exchange = new Exchange(request);
    metrics.begin();
    return failedStageOnThrow(() -> admit(exchange))
        .exceptionally(failure -> failures.reply(failure, exchange.language()))
        .thenApply(
            answered -> {
              exchange.leave();
              metrics.end(
                  exchange.route(), exchange.methodForMetrics(), answered.status(), startedNanos);
              exchange.discardUnreadBody(system);
              return HttpResponses.response(answered);
            });
  }

  /** Admission control: a request above the in-flight limit is shed before any work for it. */
  private CompletionStage<Reply> admit(Exchange exchange) {
    exchange.admitted(admission.enter(exchange.request().getAttribute(HttpServer.PEER)));
    return dispatch(exchange);
  }

  private CompletionStage<Reply> dispatch(Exchange exchange) {
    List<RouteTable.Match> matches = routes.at(exchange.segments());
    for (RouteTable.Match match : matches) {
      if (isFor(match.endpoint(), exchange.method())) {
        exchange.matched(match.endpoint(), match.variables());
        return withTimeout(timeout(match.endpoint()), authenticate(exchange));
      }
    }
    throw new ProblemException(matches.isEmpty() ? Problem.notFound() : methodNotAllowed(matches));
  }

  /** HEAD is answered as GET; the HTTP layer leaves the body out. */
  private static boolean isFor(Endpoint endpoint, String method) {
    return endpoint.method().equals(method.equals("HEAD") ? "GET" : method);
  }

  private static Problem methodNotAllowed(List<RouteTable.Match> matches) {
    String allowed =
        String.join(
            ", ",
            matches.stream()
                .map(match -> match.endpoint().method())
                .flatMap(
                    method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .sorted()
                .toList());
    return Problem.of(
            Code.METHOD_NOT_ALLOWED, "Allowed: " + allowed + ".", "允许的方法：" + allowed + "。")
        .withHeader("Allow", allowed);
  }

  private Duration timeout(Endpoint endpoint) {
    return endpoint.body() == Endpoint.Body.BATCH ? settings.batchTimeout() : settings.askTimeout();
  }

  /** By Pekko's timer wheel: the JVM's own timer would wake its thread for each request. */
  private CompletionStage<Reply> withTimeout(Duration timeout, CompletionStage<Reply> reply) {
    CompletableFuture<Reply> inTime = reply.toCompletableFuture().copy();
    Cancellable deadline =
        system
            .classicSystem()
            .scheduler()
            .scheduleOnce(
                timeout,
                () -> inTime.completeExceptionally(new TimeoutException("no answer in time")),
                system.classicSystem().dispatcher());
    return inTime.whenComplete((answer, failure) -> deadline.cancel());
  }

  private CompletionStage<Reply> authenticate(Exchange exchange) {
    if (exchange.endpoint().isOpen()) {
      return read(exchange, Optional.empty());
    }
    List<String> credentials = exchange.headers("Authorization");
    String token =
        tokenOf(String.join(", ", credentials))
            .orElseThrow(() -> new ProblemException(unauthenticated()));
    return authenticator
        .authenticate(token)
        .thenCompose(
            known -> {
              Caller caller = known.orElseThrow(() -> new ProblemException(unauthenticated()));
              if (!exchange.endpoint().roles().contains(caller.role())) {
                throw new ProblemException(Problem.forbidden());
              }
              exchange.place().authenticated(caller.tokenId());
              return read(exchange, Optional.of(caller));
            });
  }

  /** A token as it is, or a one-time code however a person typed it. */
  private static Optional<String> tokenOf(String credentials) {
    Matcher bearer = BEARER.matcher(credentials);
    if (!bearer.matches()) {
      return Optional.empty();
    }
    String given = bearer.group(1);
    return TypedCode.read(given)
        .or(() -> Optional.of(given).filter(text -> TOKEN.matcher(text).matches()));
  }

  private static Problem unauthenticated() {
    return Problem.of(
            Code.UNAUTHENTICATED,
            "Send a token that is known, not expired and not revoked: Authorization: Bearer ...",
            "请携带有效且未过期、未撤销的令牌：Authorization: Bearer ...")
        .withHeader("WWW-Authenticate", "Bearer realm=\"skill-voucher-gateway\"");
  }

  private CompletionStage<Reply> read(Exchange exchange, Optional<Caller> caller) {
    Endpoint endpoint = exchange.endpoint();
    String mediaType =
        AcceptHeader.best(exchange.header("Accept").orElse("*/*"), endpoint.produces())
            .orElseThrow(() -> new ProblemException(notAcceptable(endpoint)));
    Map<String, String> query = exchange.query();
    String key = endpoint.needsKey() ? idempotencyKey(exchange) : "";
    BodyReader.Type type = BodyReader.checkType(exchange.request(), endpoint.body());
    return filesInFlight.admit(
        exchange, () -> readBody(exchange, new Admitted(caller, key, query, mediaType, type)));
  }

  /** What is known of a request before its body is read. */
  private record Admitted(
      Optional<Caller> caller,
      String key,
      Map<String, String> query,
      String mediaType,
      BodyReader.Type type) {}

  private CompletionStage<Reply> readBody(Exchange exchange, Admitted admitted) {
    Endpoint endpoint = exchange.endpoint();
    return BodyReader.bytes(exchange, settings, system)
        .thenCompose(
            body -> {
              Call call =
                  new Call(
                      admitted.caller(),
                      admitted.key(),
                      exchange.variables(),
                      admitted.query(),
                      exchange.language(),
                      admitted.mediaType(),
                      admitted.type(),
                      body);
              return endpoint
                  .handler()
                  .read(call)
                  .thenCompose(
                      work ->
                          endpoint.claimsKey()
                              ? runIdempotently(
                                  exchange,
                                  call,
                                  work,
                                  System.nanoTime() + settings.askTimeout().toNanos())
                              : work.run());
            });
  }

  private static Problem notAcceptable(Endpoint endpoint) {
    String offered = String.join(", ", endpoint.produces());
    return Problem.of(Code.NOT_ACCEPTABLE, "On offer: " + offered + ".", "可提供：" + offered + "。");
  }

  private static String idempotencyKey(Exchange exchange) {
    List<String> keys = exchange.headers("Idempotency-Key");
    if (keys.size() != 1 || !IDEMPOTENCY_KEY.matcher(keys.getFirst()).matches()) {
      throw new ProblemException(
          Problem.of(
              Code.IDEMPOTENCY_KEY_INVALID,
              "Send one Idempotency-Key of 1 to 128 visible ASCII characters.",
              "请携带一个 Idempotency-Key，由 1 至 128 个可见 ASCII 字符组成。"));
    }
    return keys.getFirst();
  }

  /**
   * Idempotency: a repeated request gets its first answer as a replay; one whose answer is unknown
   * runs again, which the entities make harmless. While the first call is at work, on whatever
   * node, the others wait for its answer, so that each gets the outcome of the work; a call that
   * waits too long is answered 503. Where the first call was refused, the next one is decided
   * afresh.
   */
  private CompletionStage<Reply> runIdempotently(
      Exchange exchange, Call call, Endpoint.Work work, long untilNanos) {
    return idempotentCalls
        .claim(
            call.caller().tokenId(),
            call.key(),
            exchange.identity(call.body().toArray()),
            exchange.endpoint().keyKept())
        .thenCompose(
            claim ->
                switch (claim) {
                  case IdempotentCalls.KeyClaim.Claimed claimed ->
                      runOnce(call, work).thenCompose(reply -> storeAnswer(call, reply));
                  case IdempotentCalls.KeyClaim.AtWork atWork ->
                      Patterns.after(
                          WAIT,
                          system,
                          () -> {
                            if (System.nanoTime() - untilNanos > 0) {
                              throw new ProblemException(Problem.tryAgain(settings.retryAfter()));
                            }
                            return runIdempotently(exchange, call, work, untilNanos);
                          });
                  case IdempotentCalls.KeyClaim.Answered(var answer) ->
                      CompletableFuture.completedStage(
                          Reply.of(answer).with("Idempotent-Replay", "true"));
                  case IdempotentCalls.KeyClaim.Other other ->
                      throw new ProblemException(Problem.keyReused());
                });
  }

  /** The claim is given up before a failure is answered, so that a retry need not wait. */
  private CompletionStage<Reply> runOnce(Call call, Endpoint.Work work) {
    return failedStageOnThrow(work)
        .exceptionallyCompose(
            failure ->
                idempotentCalls
                    .release(call.caller().tokenId(), call.key())
                    .exceptionally(unreleased -> Done.getInstance())
                    .thenCompose(released -> CompletableFuture.failedStage(failure)));
  }

  private CompletionStage<Reply> storeAnswer(Call call, Reply reply) {
    return idempotentCalls
        .store(call.caller().tokenId(), call.key(), reply.toIdempotentAnswer())
        .thenApply(
            first ->
                first.equals(reply.toIdempotentAnswer())
                    ? reply
                    : Reply.of(first).with("Idempotent-Replay", "true"));
  }

  private static CompletionStage<Reply> failedStageOnThrow(Endpoint.Work work) {
    try {
      return work.run();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
