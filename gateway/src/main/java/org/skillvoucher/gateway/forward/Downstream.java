package org.skillvoucher.gateway.forward;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system that pays subsidies, over HTTP: CloudEvents in structured mode, signed, with the
 * evidence's id as idempotency key.
 */
final class Downstream implements AutoCloseable {
  private final HttpClient http;
  private final URI address;
  private final CloudEvent envelope;
  private final WebhookSignature signature;
  private final ForwardSettings settings;
  private final InstantSource machineClock;

  Downstream(ForwardSettings settings, String issuer, InstantSource machineClock) {
    this.settings = settings;
    this.machineClock = machineClock;
    address = URI.create(settings.url().toString().replaceAll("/+$", "") + "/evidence");
    envelope = new CloudEvent(issuer);
    signature = settings.signature();
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  /** The outcome of one attempt. */
  sealed interface Outcome {
    /** Acknowledged, with the response unchanged. */
    record Acknowledged(String answer) implements Outcome {}

    /** Answered 2xx without an acknowledgement. */
    record Accepted() implements Outcome {}

    /** Failed, or unknown. */
    record Failed(Failure failure) implements Outcome {}
  }

  /** Sends once and waits for the response, at most for the timeout. */
  Outcome send(OutboxMessage evidence) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> reply =
        http.sendAsync(request(evidence), boundedBody());
    try {
      // The request's own timeout ends with the reply's head; this one covers its body too.
      return outcome(evidence, reply.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Outcome.Failed(
          Failure.of("timeout", "no answer within " + settings.timeout().toMillis() + " ms"));
    } catch (ExecutionException e) {
      return new Outcome.Failed(failure(Optional.ofNullable(e.getCause())));
    } finally {
      reply.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest request(OutboxMessage evidence) {
    byte[] body = envelope.of(evidence);
    long seconds = machineClock.instant().getEpochSecond();
    String id = evidence.evidenceId();
    return HttpRequest.newBuilder(address)
        .timeout(settings.timeout())
        .header("Content-Type", "application/cloudevents+json")
        .header("Accept", "application/json")
        .header("Idempotency-Key", id)
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", signature.of(id, seconds, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** Only an acknowledgement is read into memory, and only up to its limit. */
  private static BodyHandler<byte[]> boundedBody() {
    return head ->
        isSuccess(head.statusCode())
            ? BodySubscribers.limiting(BodySubscribers.ofByteArray(), Acknowledgement.BYTES_MAX)
            : BodySubscribers.replacing(new byte[0]);
  }

  private Outcome outcome(OutboxMessage evidence, HttpResponse<byte[]> reply) {
    if (!isSuccess(reply.statusCode())) {
      Optional<Duration> retryAfter =
          reply
              .headers()
              .firstValue("Retry-After")
              .flatMap(
                  value ->
                      RetryAfter.read(
                          value, machineClock.instant(), settings.schedule().retryAfterMax()));
      return new Outcome.Failed(Failure.ofStatus(reply.statusCode(), retryAfter));
    }
    if (!Acknowledgement.isMeant(reply.body())) {
      return new Outcome.Accepted();
    }
    Optional<String> fault = Acknowledgement.fault(evidence, reply.body());
    if (fault.isPresent()) {
      return unacknowledged(fault.get());
    }
    try {
      return new Outcome.Acknowledged(Acknowledgement.text(reply.body()));
    } catch (java.nio.charset.CharacterCodingException e) {
      return unacknowledged("the acknowledgement is not JSON");
    }
  }

  private static Outcome unacknowledged(String reason) {
    return new Outcome.Failed(Failure.of("acknowledgement_invalid", reason));
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static Failure failure(Optional<Throwable> cause) {
    return switch (cause.orElse(null)) {
      case null -> Failure.of("connection_failed", "failed");
      case java.net.ConnectException e -> Failure.of("cannot_connect", "cannot connect");
      case java.net.http.HttpTimeoutException e -> Failure.of("timeout", "no answer in time");
      case IOException e ->
          Failure.of("connection_failed", "the connection failed or the answer was too long");
      case Throwable e ->
          Failure.of("connection_failed", "failed: " + e.getClass().getSimpleName());
    };
  }
}
