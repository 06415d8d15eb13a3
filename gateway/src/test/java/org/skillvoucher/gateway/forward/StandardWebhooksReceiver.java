package org.skillvoucher.gateway.forward;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver written from the text of the Standard Webhooks specification alone, with none of the
 * sender's code. Header names in any case.
 */
final class StandardWebhooksReceiver {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final byte[] key;

  /** "base64 encoded, prefixed with whsec_ for easy identification". */
  StandardWebhooksReceiver(String secret) {
    if (!secret.startsWith("whsec_")) {
      throw new IllegalArgumentException("a symmetric secret begins with whsec_");
    }
    key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
  }

  /** Whether a message is authentic; its id is for detecting repetitions. */
  boolean verifies(Map<String, String> headers, String payload, Instant now) {
    String id = headers.getOrDefault("webhook-id", "");
    String timestamp = headers.getOrDefault("webhook-timestamp", "");
    if (id.isEmpty() || !timestamp.matches("[0-9]+")) {
      return false;
    }
    Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    byte[] expected = hmac(id + "." + timestamp + "." + payload);
    for (String versioned : headers.getOrDefault("webhook-signature", "").split(" ", -1)) {
      String[] parts = versioned.split(",", 2);
      if (parts.length == 2
          && parts[0].equals("v1")
          && MessageDigest.isEqual(expected, Base64.getDecoder().decode(parts[1]))) {
        return off.compareTo(TOLERANCE) <= 0;
      }
    }
    return false;
  }

  private byte[] hmac(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
