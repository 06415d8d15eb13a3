package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory of uploaded files: a file is admitted before its first byte is read, with the
 * length it declares, or the longest one allowed when it declares none. One for which there is no
 * place is answered 503 with Retry-After.
 */
final class FilesInFlight {
  private final RosterLimits limits;
  private final Duration retryAfter;
  private final Semaphore bytes;

  FilesInFlight(RosterLimits limits, Duration retryAfter) {
    this.limits = limits;
    this.retryAfter = retryAfter;
    this.bytes = new Semaphore(limits.bytesInFlightMax());
  }

  /** Runs the work for a request; a file keeps its place until that is done. */
  CompletionStage<Reply> admit(Exchange exchange, Endpoint.Work work) {
    if (exchange.endpoint().body() != Endpoint.Body.ROSTER) {
      return work.run();
    }
    int length =
        (int)
            Math.clamp(
                exchange.request().entity().getContentLengthOption().orElse(limits.fileBytesMax()),
                1L,
                limits.fileBytesMax());
    if (!bytes.tryAcquire(length)) {
      throw new ProblemException(Problem.tryAgain(retryAfter));
    }
    try {
      return work.run().whenComplete((reply, failure) -> bytes.release(length));
    } catch (RuntimeException e) {
      bytes.release(length);
      throw e;
    }
  }
}
