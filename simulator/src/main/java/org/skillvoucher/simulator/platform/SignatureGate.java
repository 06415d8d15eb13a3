package org.skillvoucher.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.StubRequest;

/**
 * Who may call: access key, HMAC-SM3 signature over method, path, time, nonce, idempotency key and
 * body digest; a clock within five minutes; each nonce once.
 */
final class SignatureGate {
  static final Duration CLOCK_WINDOW = Duration.ofMinutes(5);
  private static final int NONCES_MAX = 200_000;

  private final PlatformSettings settings;
  private final InstantSource clock;
  private final Map<String, Long> noncesSeen = new LinkedHashMap<>();

  SignatureGate(PlatformSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Throws 400 for a missing header and 401 {@code AUTH} for anything that is not right. */
  void check(StubRequest request) {
    String nonce = request.required("X-Nonce");
    String timestamp = request.required("X-Timestamp");
    String signature = request.required("X-Signature");
    String text =
        String.join(
            "\n",
            request.method(),
            request.path(),
            timestamp,
            nonce,
            request.required("Idempotency-Key"),
            Sm3.hashHex(request.body()));
    String expected = Sm3.hmacHex(settings.secret(), text);
    if (!settings.accessKey().equals(request.required("X-Access-Key"))) {
      throw refused("unknown access key");
    }
    if (!MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) {
      throw refused("wrong signature");
    }
    checkTime(timestamp);
    if (!firstUse(nonce)) {
      throw refused("nonce used before");
    }
  }

  private void checkTime(String timestamp) {
    long sent;
    try {
      sent = Long.parseLong(timestamp);
    } catch (NumberFormatException e) {
      throw new BadRequest(400, "BAD_REQUEST", "X-Timestamp is milliseconds");
    }
    if (Math.abs(clock.millis() - sent) > CLOCK_WINDOW.toMillis()) {
      throw refused("clock off by more than five minutes");
    }
  }

  /** Nonces are forgotten after twice the window, when their timestamp is refused anyway. */
  private synchronized boolean firstUse(String nonce) {
    long now = clock.millis();
    long forgotten = now - 2 * CLOCK_WINDOW.toMillis();
    var oldest = noncesSeen.entrySet().iterator();
    while (oldest.hasNext()) {
      long seen = oldest.next().getValue();
      if (seen >= forgotten && noncesSeen.size() < NONCES_MAX) {
        break;
      }
      oldest.remove();
    }
    return noncesSeen.putIfAbsent(nonce, now) == null;
  }

  private static BadRequest refused(String reason) {
    return new BadRequest(401, "AUTH", reason);
  }
}
