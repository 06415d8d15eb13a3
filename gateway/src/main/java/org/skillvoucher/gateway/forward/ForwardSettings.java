package org.skillvoucher.gateway.forward;

import java.net.URI;
import java.time.Duration;

/**
 * Settings of the forwarder. All times are the machine's, never business time.
 *
 * @param url the downstream system's address, to which {@code /evidence} is added
 * @param secret the key of the signatures: {@code whsec_} and base64, or any other text
 * @param secretPrevious the secret before it, which signs too while it is being changed; or empty
 * @param timeout the longest time of one attempt, its response included
 * @param pollInterval the interval of polls of the outbox
 * @param batchMax messages in flight at once
 */
public record ForwardSettings(
    URI url,
    String secret,
    String secretPrevious,
    Duration timeout,
    ForwardSchedule schedule,
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
    var unused = new WebhookSignature(secret, secretPrevious);
    if (!timeout.isPositive() || !pollInterval.isPositive()) {
      throw new IllegalArgumentException("downstream timeout and poll-interval must be positive");
    }
    if (batchMax < 1 || batchMax > 1000) {
      throw new IllegalArgumentException("downstream batch-max must be 1 to 1000");
    }
  }

  WebhookSignature signature() {
    return new WebhookSignature(secret, secretPrevious);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ForwardSettings[url=%s, timeout=%s, %s, pollInterval=%s, batchMax=%d]"
        .formatted(url, timeout, schedule, pollInterval, batchMax);
  }
}
