package org.skillvoucher.simulator.downstream;

/**
 * What the downstream system and its senders agreed on.
 *
 * @param port 0 takes a free one
 * @param secret signs the webhooks, as UTF-8
 */
public record DownstreamSettings(int port, String secret) {
  public DownstreamSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535");
    }
    if (secret.isBlank()) {
      throw new IllegalArgumentException("the downstream system needs a secret");
    }
  }

  @Override
  public String toString() {
    return "DownstreamSettings port " + port;
  }
}
