package org.skillvoucher.simulator.gateway;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** What the gateway shares with the two systems beside it: made up for one run. Never printed. */
public record Secrets(
    String platformAccessKey, String platformSecret, String envelopeKey, String downstreamSecret) {
  public static Secrets fresh() {
    SecureRandom random = new SecureRandom();
    return new Secrets(hex(random, 8), hex(random, 32), hex(random, 16), webhook(random));
  }

  /** As Standard Webhooks writes a secret. */
  private static String webhook(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return "whsec_" + Base64.getEncoder().encodeToString(secret);
  }

  public static String hex(SecureRandom random, int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  public Map<String, String> environment() {
    return Map.of(
        "VGW_PLATFORM_ACCESS_KEY", platformAccessKey,
        "VGW_PLATFORM_SECRET", platformSecret,
        "VGW_PLATFORM_ENVELOPE_KEY", envelopeKey,
        "VGW_DOWNSTREAM_SECRET", downstreamSecret);
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
