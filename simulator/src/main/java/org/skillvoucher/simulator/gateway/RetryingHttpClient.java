package org.skillvoucher.simulator.gateway;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends calls. A 503, a 429 or a broken connection means that the outcome is unknown, and the same
 * bytes under the same key are sent again, as a client must; never anything else.
 */
public final class RetryingHttpClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final Duration RETRY_AFTER_DEFAULT = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(5);
  public static final int ATTEMPTS_MAX = 8;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final Pause pause;
  private final Duration answerMax;

  /** Waits. A port, so that tests need not. */
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  public RetryingHttpClient(Pause pause) {
    this(pause, ANSWER_MAX);
  }

  /** With so long for an answer to come. */
  public RetryingHttpClient(Pause pause, Duration answerMax) {
    this.pause = pause;
    this.answerMax = answerMax;
  }

  /** How often a call was sent again. */
  public int sentAgain() {
    return sentAgain.get();
  }

  /** Sends once; 503 is an answer like any other. */
  public HttpAnswer once(HttpCall call) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.address()).timeout(answerMax);
    call.headers().forEach(request::header);
    request.method(
        call.method(),
        call.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Sends until the outcome is known.
   *
   * @throws CannotConnect when it stays unknown
   */
  public HttpAnswer send(HttpCall call) {
    Optional<HttpAnswer> last = Optional.empty();
    Optional<IOException> broken = Optional.empty();
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      if (attempt > 1) {
        sentAgain.incrementAndGet();
        rest(last.flatMap(RetryingHttpClient::retryAfter).orElse(RETRY_AFTER_DEFAULT));
      }
      try {
        HttpAnswer answer = once(call);
        if (answer.status() != 503 && answer.status() != 429) {
          return answer;
        }
        last = Optional.of(answer);
      } catch (IOException e) {
        last = Optional.empty();
        broken = Optional.of(e);
      }
    }
    if (last.isPresent()) {
      throw new CannotConnect(
          call + " was still answered " + last.get().verdict() + " at attempt " + ATTEMPTS_MAX);
    }
    throw new CannotConnect(call + " was not answered: " + broken.map(IOException::toString));
  }

  private static Optional<Duration> retryAfter(HttpAnswer answer) {
    return answer
        .header("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,4}"))
        .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
        .map(time -> time.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : time);
  }

  public void rest(Duration time) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static UnexpectedAnswer interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UnexpectedAnswer("interrupted", e);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
