package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final String OLD = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);
  private static final String BODY = "{\"test\": 2432232314}";

  private static Map<String, String> headers(WebhookSignature signature) {
    long seconds = NOW.getEpochSecond();
    return Map.of(
        "webhook-id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        signature.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds, BODY.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean verifies(String secret, Map<String, String> headers) {
    return new StandardWebhooksReceiver(secret).verifies(headers, BODY, NOW);
  }

  @Test
  void theVectorOfTheReferenceLibrariesIsReproduced() {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        headers(new WebhookSignature(OLD, "")).get("webhook-signature"));
  }

  @Test
  void whileASecretIsChangedReceiversOfBothVerify() {
    Map<String, String> both = headers(new WebhookSignature(NEW, OLD));
    assertTrue(verifies(NEW, both) && verifies(OLD, both));
    Map<String, String> after = headers(new WebhookSignature(NEW, ""));
    assertTrue(verifies(NEW, after));
    assertFalse(verifies(OLD, after));
  }

  @Test
  void theReceiverRefusesWhatWasChangedOrIsOld() {
    var receiver = new StandardWebhooksReceiver(OLD);
    Map<String, String> headers = headers(new WebhookSignature(OLD, ""));
    assertFalse(receiver.verifies(headers, BODY + " ", NOW));
    assertFalse(receiver.verifies(headers, BODY, NOW.plus(Duration.ofMinutes(6))));
  }

  @Test
  void aSecretWithoutThePrefixIsUsedAsItIs() {
    String same =
        Base64.getEncoder()
            .encodeToString("a secret of twenty-four".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        new WebhookSignature("a secret of twenty-four.", "").of("i", 1, new byte[0]),
        new WebhookSignature(
                "whsec_"
                    + Base64.getEncoder()
                        .encodeToString(
                            "a secret of twenty-four.".getBytes(StandardCharsets.UTF_8)),
                "")
            .of("i", 1, new byte[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WebhookSignature("whsec_" + same, ""),
        "23 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_", "whsec_not base64!", "whsec_c2hvcnQ=", "whsk_AAAA", "whpk_AAAA"})
  void aMalformedSecretIsRefusedWithoutBeingShown(String secret) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> new WebhookSignature(secret, ""))
                .getMessage());
    assertFalse(message.contains(secret) && secret.length() > 6, message);
    assertThrows(IllegalArgumentException.class, () -> new WebhookSignature(OLD, secret));
  }
}
