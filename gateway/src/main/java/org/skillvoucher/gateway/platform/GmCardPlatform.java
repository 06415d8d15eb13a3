package org.skillvoucher.gateway.platform;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.skillvoucher.gateway.security.Gm;

/**
 * The card platform in profile {@code gm}: bodies sealed with SM4-GCM, requests signed with
 * HMAC-SM3. Asks once and never again by itself: who scanned sends the scan again, and its
 * idempotency key makes that safe at the platform too.
 */
public final class GmCardPlatform implements CardPlatform, AutoCloseable {
  private static final int ANSWER_BYTES_MAX = 16 * 1024;
  private static final int NONCE_BYTES = 16;

  private final PlatformSettings settings;
  private final GmWire wire;
  private final String base;
  private final HttpClient client;
  private final Semaphore places;

  /** Opens no connection until the first card. */
  public GmCardPlatform(PlatformSettings settings) {
    this.settings = settings;
    this.wire = new GmWire(settings);
    this.base = settings.url().toString().replaceAll("/+$", "");
    this.places = new Semaphore(settings.inFlightMax());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would carry a signed request to somebody else.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
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

  /** Gives up whatever is still under way. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }

  private <T> CompletableFuture<T> exchange(
      String operation, String scanKey, String nonce, byte[] body, Function<byte[], T> outcome) {
    URI address = URI.create(base + operation);
    // The system clock, not the business one: the platform compares it with its own.
    String timestamp = Long.toString(System.currentTimeMillis());
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("X-Access-Key", settings.accessKey())
            .header("X-Timestamp", timestamp)
            .header("X-Nonce", nonce)
            .header("Idempotency-Key", scanKey)
            .header(
                "X-Signature",
                wire.signature(address.getRawPath(), timestamp, nonce, scanKey, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    var exchange =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    return exchange
        .thenApply(response -> outcome.apply(body(response)))
        // Here and not in the request, where it would end with the headers: a body may stall too.
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                // Also closes the connection, which could otherwise outlive the place it took.
                exchange.cancel(true);
              }
            })
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silence(failure)));
  }

  private static byte[] body(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new Silent("the card platform answered with status " + response.statusCode());
    }
    return response.body();
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
