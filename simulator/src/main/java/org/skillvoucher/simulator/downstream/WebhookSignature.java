package org.skillvoucher.simulator.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.StubRequest;

/** Standard Webhooks: {@code v1,} and base64 of HMAC-SHA256 over {@code id.timestamp.body}. */
final class WebhookSignature {
  private static final Duration CLOCK_WINDOW = Duration.ofMinutes(5);

  private static final String SYMMETRIC = "whsec_";

  private final byte[] secret;
  private final InstantSource clock;

  WebhookSignature(String secret, InstantSource clock) {
    this.secret =
        secret.startsWith(SYMMETRIC)
            ? Base64.getDecoder().decode(secret.substring(SYMMETRIC.length()))
            : secret.getBytes(UTF_8);
    this.clock = clock;
  }

  /** Throws 400 for a missing header and 401 for a signature or time that is not right. */
  void check(StubRequest request) {
    String id = request.required("webhook-id");
    String timestamp = request.required("webhook-timestamp");
    byte[] expected = sign(id, timestamp, request.body()).getBytes(UTF_8);
    // The header may list several signatures while a secret is being changed.
    boolean signed =
        Arrays.stream(request.required("webhook-signature").split(" ", -1))
            .anyMatch(given -> MessageDigest.isEqual(expected, given.getBytes(UTF_8)));
    if (!signed) {
      throw new BadRequest(401, "signature_invalid", "wrong signature");
    }
    long seconds;
    try {
      seconds = Long.parseLong(timestamp);
    } catch (NumberFormatException e) {
      throw new BadRequest(400, "malformed", "webhook-timestamp is seconds");
    }
    if (Math.abs(clock.instant().getEpochSecond() - seconds) > CLOCK_WINDOW.toSeconds()) {
      throw new BadRequest(401, "clock_skew", "clock off by more than five minutes");
    }
  }

  String sign(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
