package org.skillvoucher.gateway.cardplatform.gm;

import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.cardplatform.PlatformSettings;
import org.skillvoucher.gateway.security.Gm;

/**
 * The card platform in profile {@code gm}: bodies sealed with SM4-GCM, requests signed with
 * HMAC-SM3. Asks once and never again by itself: who scanned sends the scan again, and its
 * idempotency key makes that safe at the platform too.
 */
public final class GmCardPlatform implements CardPlatform {
  private static final int ANSWER_BYTES_MAX = 16 * 1024;
  private static final int NONCE_BYTES = 16;
  private static final Pattern HEADER = Pattern.compile("[!-~]{1,256}");

  private final PlatformSettings settings;
  private final GmWire wire;
  private final String base;
  private final ClassicActorSystemProvider system;
  private final Http http;
  private final ConnectionPoolSettings pool;
  private final Semaphore places;

  /** Opens no connection until the first card; the connections end with the actor system. */
  public GmCardPlatform(ClassicActorSystemProvider system, PlatformSettings settings) {
    this.settings = settings;
    this.wire = new GmWire(settings);
    this.base = settings.url().toString().replaceAll("/+$", "");
    this.places = new Semaphore(settings.inFlightMax());
    this.system = system;
    this.http = Http.get(system);
    // Twice the in-flight limit: one that hangs does not block others until it times out.
    int connections = 2 * settings.inFlightMax();
    this.pool =
        ConnectionPoolSettings.create(system.classicSystem())
            .withMaxConnections(connections)
            .withMaxOpenRequests(Integer.highestOneBit(connections) * 2)
            .withMaxRetries(0)
            // No back-off between scans: waiting because others failed answers too late.
            .withBaseConnectionBackoff(scala.concurrent.duration.Duration.Zero())
            .withConnectionSettings(
                ClientConnectionSettings.create(system.classicSystem())
                    .withConnectingTimeout(finite(settings.timeout()))
                    .withIdleTimeout(finite(settings.timeout())));
  }

  private static scala.concurrent.duration.FiniteDuration finite(Duration time) {
    return scala.concurrent.duration.Duration.create(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<CardOutcome> verifyCard(CardReading card, String scanKey) {
    return ask(
        GmWire.VERIFY_CARD,
        scanKey,
        nonce -> wire.request(card, nonce),
        (body, nonce) -> wire.outcome(body, nonce, scanKey));
  }

  @Override
  public CompletionStage<CodeOutcome> resolveCode(String code, String scanKey) {
    return ask(
        GmWire.RESOLVE_QR,
        scanKey,
        nonce -> wire.request(code, nonce),
        (body, nonce) -> wire.codeOutcome(body, nonce, scanKey));
  }

  private <T> CompletionStage<T> ask(
      String operation,
      String scanKey,
      Function<String, byte[]> request,
      BiFunction<byte[], String, T> outcome) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedStage(
          new Silent("too many cards are with the card platform already"));
    }
    CompletableFuture<T> answer;
    try {
      String nonce = HexFormat.of().formatHex(Gm.random(NONCE_BYTES));
      answer =
          exchange(
              operation, scanKey, nonce, request.apply(nonce), body -> outcome.apply(body, nonce));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(silence(e));
    }
    return answer.whenComplete((found, failure) -> places.release());
  }

  private <T> CompletableFuture<T> exchange(
      String operation, String scanKey, String nonce, byte[] body, Function<byte[], T> outcome) {
    if (!HEADER.matcher(scanKey).matches()) {
      throw new Silent("the scan's key fits in no header");
    }
    URI address = URI.create(base + operation);
    // The system clock, not the business one: the platform compares it with its own.
    String timestamp = Long.toString(System.currentTimeMillis());
    var request =
        HttpRequest.POST(address.toString())
            .addHeader(RawHeader.create("X-Access-Key", settings.accessKey()))
            .addHeader(RawHeader.create("X-Timestamp", timestamp))
            .addHeader(RawHeader.create("X-Nonce", nonce))
            .addHeader(RawHeader.create("Idempotency-Key", scanKey))
            .addHeader(
                RawHeader.create(
                    "X-Signature",
                    wire.signature(address.getRawPath(), timestamp, nonce, scanKey, body)))
            .withEntity(ContentTypes.APPLICATION_JSON, body);
    // A redirect is not followed: it would send a signed request to another host.
    return http.singleRequest(
            request, http.defaultClientHttpsContext(), pool, system.classicSystem().log())
        // On the dispatcher: all answers pass the pool's one actor.
        .thenComposeAsync(this::body, system.classicSystem().dispatcher())
        .thenApply(answer -> outcome.apply(answer.toArrayUnsafe()))
        .toCompletableFuture()
        // Over all of it: a body may stall too.
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silence(failure)));
  }

  private CompletionStage<ByteString> body(HttpResponse response) {
    if (!response.status().equals(StatusCodes.OK)) {
      response.discardEntityBytes(system);
      throw new Silent("the card platform answered with status " + response.status().intValue());
    }
    if (response.entity() instanceof HttpEntity.Strict whole
        && whole.getData().size() <= ANSWER_BYTES_MAX) {
      return CompletableFuture.completedStage(whole.getData());
    }
    return response
        .entity()
        .withSizeLimit(ANSWER_BYTES_MAX)
        .toStrict(settings.timeout().toMillis(), system)
        .thenApply(strict -> strict.getData());
  }

  /** Only the kind of failure: messages and causes may quote what was sent or received. */
  private static Silent silence(Throwable failure) {
    Throwable reason =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return reason instanceof Silent silent
        ? silent
        : new Silent("the card platform did not answer: " + reason.getClass().getSimpleName());
  }
}
