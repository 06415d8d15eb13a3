package org.skillvoucher.gateway.forward;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code webhook-signature} header of Standard Webhooks: a signature for each secret, the
 * current one first, so that a receiver may change to the new secret at any time.
 */
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SYMMETRIC = "whsec_";
  private static final int KEY_BYTES_MIN = 24;
  private static final int KEY_BYTES_MAX = 64;

  private final List<SecretKeySpec> keys;

  /**
   * With these secrets.
   *
   * @param previous empty when there is none
   * @throws IllegalArgumentException for a secret that is not one; the message does not contain it
   */
  WebhookSignature(String secret, String previous) {
    keys =
        Stream.of(secret, previous)
            .filter(text -> !text.isEmpty())
            .map(text -> new SecretKeySpec(octets(text), ALGORITHM))
            .toList();
  }

  /** After {@code whsec_} base64; a secret without that prefix is used as it is, in UTF-8. */
  private static byte[] octets(String secret) {
    if (secret.startsWith("whsk_") || secret.startsWith("whpk_")) {
      throw new IllegalArgumentException("downstream secrets are symmetric: whsec_ and base64");
    }
    if (!secret.startsWith(SYMMETRIC)) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(secret.substring(SYMMETRIC.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a downstream secret is not base64 after whsec_", e);
    }
    if (key.length < KEY_BYTES_MIN || key.length > KEY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a downstream secret must have "
              + KEY_BYTES_MIN
              + " to "
              + KEY_BYTES_MAX
              + " bytes after whsec_, in base64");
    }
    return key;
  }

  /** {@code v1,} and the base64 of HMAC-SHA256 over {@code id.seconds.body}, for each secret. */
  String of(String id, long seconds, byte[] body) {
    return keys.stream()
        .map(key -> signature(key, id + "." + seconds + ".", body))
        .collect(Collectors.joining(" "));
  }

  private static String signature(SecretKeySpec key, String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
