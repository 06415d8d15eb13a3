package org.skillvoucher.simulator.platform;

/**
 * What the platform and its callers agreed on.
 *
 * @param port 0 takes a free one
 * @param envelopeKeyHex 16 bytes
 */
public record PlatformSettings(int port, String accessKey, String secret, String envelopeKeyHex) {
  public PlatformSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535");
    }
    if (accessKey.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException("the platform needs an access key and a secret");
    }
    if (!envelopeKeyHex.matches("[0-9a-fA-F]{32}")) {
      throw new IllegalArgumentException("the envelope key is 16 bytes in hex");
    }
  }

  @Override
  public String toString() {
    return "PlatformSettings port " + port;
  }
}
