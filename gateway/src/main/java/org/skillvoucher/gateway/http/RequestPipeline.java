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
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.skillvoucher.gateway.security.Authenticator;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.IdempotentCalls;

/**
 * The path every request takes: bounded in number, matched, authenticated, allowed, read, and only
 * then handed to its route. Whatever goes wrong on the way becomes a problem here.
 */
public final class RequestPipeline {
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]{1,512}=*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,128}");

  private final ClassicActorSystemProvider system;
  private final HttpSettings settings;
  private final Authenticator authenticator;
  private final IdempotentCalls idempotentCalls;
  private final RequestMetrics metrics;
  private final FailureProblems failures;
  private final RouteTable addresses;

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
    this.addresses = new RouteTable(endpoints);
  }

  /** Answers a request; the stage never fails. */
  public CompletionStage<HttpResponse> answer(HttpRequest request) {
    long startedNanos = System.nanoTime();
    Exchange exchange = new Exchange(request);
    int inFlight = metrics.begin();
    CompletionStage<Reply> reply =
        inFlight > settings.inFlightMax()
            ? CompletableFuture.failedStage(
                new ProblemException(Problem.tryAgain(settings.retryAfter())))
            : attempt(() -> admitted(exchange));
    return reply
        .exceptionally(failure -> failures.reply(failure, exchange.language()))
        .thenApply(
            answered -> {
              metrics.end(
                  exchange.route(), exchange.methodForMetrics(), answered.status(), startedNanos);
              exchange.discardUnreadBody(system);
              return HttpResponses.response(answered);
            });
  }

  private CompletionStage<Reply> admitted(Exchange exchange) {
    List<RouteTable.Match> there = addresses.at(exchange.segments());
    for (RouteTable.Match match : there) {
      if (match.endpoint().method().equals(exchange.method())) {
        exchange.matched(match.endpoint(), match.variables());
        return within(timeout(match.endpoint()), authenticate(exchange));
      }
    }
    throw new ProblemException(there.isEmpty() ? Problem.notFound() : methodNotAllowed(there));
  }

  private static Problem methodNotAllowed(List<RouteTable.Match> there) {
    String allowed =
        String.join(", ", there.stream().map(match -> match.endpoint().method()).sorted().toList());
    return Problem.of(
            Code.METHOD_NOT_ALLOWED, "Allowed: " + allowed + ".", "允许的方法：" + allowed + "。")
        .withHeader("Allow", allowed);
  }

  private Duration timeout(Endpoint endpoint) {
    return endpoint.body() == Endpoint.Body.BATCH ? settings.batchTimeout() : settings.askTimeout();
  }

  /** By Pekko's wheel: to set the JVM's own timer wakes its thread, for each request. */
  private CompletionStage<Reply> within(Duration timeout, CompletionStage<Reply> reply) {
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
    Matcher bearer = BEARER.matcher(String.join(", ", credentials));
    if (!bearer.matches()) {
      throw new ProblemException(unauthenticated());
    }
    return authenticator
        .authenticate(bearer.group(1))
        .thenCompose(
            known -> {
              Caller caller = known.orElseThrow(() -> new ProblemException(unauthenticated()));
              if (!exchange.endpoint().roles().contains(caller.role())) {
                throw new ProblemException(Problem.forbidden());
              }
              return read(exchange, Optional.of(caller));
            });
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
    return BodyReader.bytes(exchange, settings, system)
        .thenCompose(
            body -> {
              Call call =
                  new Call(
                      caller,
                      key,
                      exchange.variables(),
                      query,
                      exchange.language(),
                      mediaType,
                      type,
                      body);
              Endpoint.Work work = endpoint.handler().read(call);
              return endpoint.claimsKey() ? once(exchange, call, work) : work.run();
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

  /** A repeated call gets its first answer; only one without a known answer is carried out. */
  private CompletionStage<Reply> once(Exchange exchange, Call call, Endpoint.Work work) {
    return idempotentCalls
        .claim(call.caller().tokenId(), call.key(), exchange.identity(call.body().toArray()))
        .thenCompose(
            claim ->
                switch (claim) {
                  case IdempotentCalls.Claim.Unanswered unanswered ->
                      work.run().thenCompose(reply -> keepAnswer(call, reply));
                  case IdempotentCalls.Claim.Answered(var answer) ->
                      CompletableFuture.completedStage(
                          Reply.of(answer).with("Idempotent-Replay", "true"));
                  case IdempotentCalls.Claim.Other other ->
                      throw new ProblemException(Problem.keyReused());
                });
  }

  private CompletionStage<Reply> keepAnswer(Call call, Reply reply) {
    return idempotentCalls
        .store(call.caller().tokenId(), call.key(), reply.toKeep())
        .thenApply(
            standing ->
                standing.equals(reply.toKeep())
                    ? reply
                    : Reply.of(standing).with("Idempotent-Replay", "true"));
  }

  private static CompletionStage<Reply> attempt(Endpoint.Work work) {
    try {
      return work.run();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
