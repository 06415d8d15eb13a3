package org.skillvoucher.gateway.forward;

import java.net.URI;
import java.time.Duration;

/**
 * Settings of the forwarder. All times are the machine's, never business time.
 *
 * @param url the downstream system's address, to which {@code /evidence} is added
 * @param secret the key of the signatures, in UTF-8
 * @param timeout the longest time of one attempt, its response included
 * @param backoffMin the pause after the first failure; it doubles with each further one
 * @param backoffMax the longest pause
 * @param attemptsMax failures after which evidence is parked until an operator releases it
 * @param pollInterval the interval of polls of the outbox
 * @param batchMax messages in flight at once
 */
public record ForwardSettings(
    URI url,
    String secret,
    Duration timeout,
    Duration backoffMin,
    Duration backoffMax,
    int attemptsMax,
    Duration pollInterval,
    int batchMax) {
  public ForwardSettings {
    String scheme = url.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme))
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw new IllegalArgumentException("downstream url must be http(s)://host[:port][/path]");
    }
    if (secret.isBlank()) {
      throw new IllegalArgumentException("downstream secret must not be empty");
    }
    if (!timeout.isPositive() || !backoffMin.isPositive() || !pollInterval.isPositive()) {
      throw new IllegalArgumentException(
          "downstream timeout, backoff-min and poll-interval must be positive");
    }
    if (backoffMax.compareTo(backoffMin) < 0) {
      throw new IllegalArgumentException("downstream backoff-max must not be below backoff-min");
    }
    if (attemptsMax < 1 || batchMax < 1 || batchMax > 1000) {
      throw new IllegalArgumentException(
          "downstream attempts-max must be at least 1, batch-max 1 to 1000");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ForwardSettings[url=%s, timeout=%s, backoffMin=%s, backoffMax=%s, attemptsMax=%d, pollInterval=%s, batchMax=%d]"
        .formatted(url, timeout, backoffMin, backoffMax, attemptsMax, pollInterval, batchMax);
  }
}
