package org.skillvoucher.gateway.forward;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an attempt failed; contains neither secrets nor contents.
 *
 * @param cause one word, by which an operator releases parked messages together
 * @param reason a sentence for people
 * @param retryAfter the time that the answer's {@code Retry-After} asks for
 * @param meaning what it means for this message and for others
 */
record Failure(String cause, String reason, Optional<Duration> retryAfter, Meaning meaning) {
  enum Meaning {
    /** This message is sent again. */
    RETRY,
    /** The endpoint is overloaded: all messages wait. */
    THROTTLED,
    /** The endpoint wants no more messages: this one is parked. */
    GONE
  }

  static Failure of(String cause, String reason) {
    return new Failure(cause, reason, Optional.empty(), Meaning.RETRY);
  }

  /** Of an answer that is not 2xx, as Standard Webhooks understands it. */
  static Failure ofStatus(int status, Optional<Duration> retryAfter) {
    Meaning meaning =
        switch (status) {
          case 410 -> Meaning.GONE;
          case 429, 502, 503, 504 -> Meaning.THROTTLED;
          default -> Meaning.RETRY;
        };
    return new Failure("status_" + status, "status " + status, retryAfter, meaning);
  }
}
