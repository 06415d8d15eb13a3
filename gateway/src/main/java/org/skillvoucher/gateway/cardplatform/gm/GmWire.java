package org.skillvoucher.gateway.cardplatform.gm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform.Silent;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.cardplatform.PlatformSettings;
import org.skillvoucher.gateway.security.Gm;

/**
 * The letters of profile {@code gm}: what is signed, what is sealed, what an outcome means. Pure,
 * but for the envelope's random initialisation vector.
 */
final class GmWire {
  static final String VERIFY_CARD = "/gm/v1/identity/verifyCard";
  static final String RESOLVE_QR = "/gm/v1/identity/resolveQr";

  private static final int REFERENCE_CHARACTERS_MAX = 128;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] secret;
  private final byte[] envelopeKey;

  GmWire(PlatformSettings settings) {
    this.secret = settings.secret().getBytes(UTF_8);
    this.envelopeKey = HexFormat.of().parseHex(settings.envelopeKeyHex());
  }

  /** The signature covers the body's digest, so that no part of a request can be exchanged. */
  String signature(
      String path, String timestamp, String nonce, String idempotencyKey, byte[] body) {
    String bodyDigest = HexFormat.of().formatHex(Gm.sm3(body));
    String signed = String.join("\n", "POST", path, timestamp, nonce, idempotencyKey, bodyDigest);
    return HexFormat.of().formatHex(Gm.hmacSm3(secret, signed.getBytes(UTF_8)));
  }

  byte[] request(CardReading card, String nonce) {
    var plain =
        JsonNodeFactory.instance
            .objectNode()
            .put("cardIdentificationCode", card.cardIdentificationCode())
            .put("socialSecurityNumber", card.socialSecurityNumber())
            .put("cardNumber", card.cardNumber())
            .put("name", card.name());
    return sealed(plain, nonce);
  }

  byte[] request(String code, String nonce) {
    return sealed(JsonNodeFactory.instance.objectNode().put("code", code), nonce);
  }

  private byte[] sealed(ObjectNode plain, String nonce) {
    byte[] sealed = Gm.seal(envelopeKey, plain.toString().getBytes(UTF_8), nonce.getBytes(UTF_8));
    return JsonNodeFactory.instance
        .objectNode()
        .put("envelope", Base64.getEncoder().encodeToString(sealed))
        .toString()
        .getBytes(UTF_8);
  }

  /**
   * Reads an answer.
   *
   * @throws Silent when it is not an answer to this very request, or leaves the outcome open
   */
  CardOutcome outcome(byte[] body, String nonce, String scanKey) {
    JsonNode answer = open(body, nonce);
    String outcome = answer.path("outcome").asText();
    return switch (outcome) {
      case "OK" -> verified(answer);
      case "ALREADY_USED" -> alreadyUsed(answer, scanKey);
      case "CARD_NOT_ACTIVE", "EXPIRED" -> new CardOutcome.NotActive();
      case "NOT_FOUND", "PERSON_MISMATCH", "NOT_ELIGIBLE" -> new CardOutcome.NotAuthentic();
      case "RETRY_LATER", "THROTTLED", "UNKNOWN_OUTCOME", "BAD_REQUEST", "AUTH", "CONFLICT" ->
          throw new Silent("the card platform answered " + outcome);
      // Not quoted: its content is unknown.
      default -> throw new Silent("the card platform answered with an outcome we do not know");
    };
  }

  /**
   * Reads an answer about a code.
   *
   * @throws Silent when it is not an answer to this very request, or leaves the outcome open
   */
  CodeOutcome codeOutcome(byte[] body, String nonce, String scanKey) {
    JsonNode answer = open(body, nonce);
    return switch (answer.path("outcome").asText()) {
      case "OK" -> resolved(answer);
      case "ALREADY_USED" ->
          answer.path("usedBy").asText().equals(scanKey)
              ? resolved(answer)
              : new CodeOutcome.AlreadyUsed();
      case "EXPIRED" -> new CodeOutcome.Expired();
      case "NOT_FOUND", "PERSON_MISMATCH", "NOT_ELIGIBLE", "CARD_NOT_ACTIVE", "BAD_REQUEST" ->
          new CodeOutcome.Invalid();
      case "RETRY_LATER", "THROTTLED", "UNKNOWN_OUTCOME", "AUTH", "CONFLICT" ->
          throw new Silent("the card platform left a code's outcome open");
      default -> throw new Silent("the card platform answered with an outcome we do not know");
    };
  }

  private static CodeOutcome resolved(JsonNode answer) {
    IdType type =
        IdType.of(answer.path("idType").asText())
            .orElseThrow(() -> new Silent("the card platform names no type of number"));
    // Upper case, as everywhere: a check character x would be another person.
    String number = answer.path("number").asText().strip().toUpperCase(Locale.ROOT);
    String name = answer.path("name").asText();
    if (number.isBlank() || name.isBlank()) {
      throw new Silent("the card platform does not name the owner of the code");
    }
    return new CodeOutcome.Resolved(type, number, name, reference(answer));
  }

  private JsonNode open(byte[] body, String nonce) {
    try {
      byte[] sealed = JSON.readTree(body).path("envelope").binaryValue();
      if (sealed == null) {
        throw new Silent("the card platform's answer has no envelope");
      }
      byte[] plain =
          Gm.open(envelopeKey, sealed, nonce.getBytes(UTF_8))
              .orElseThrow(() -> new Silent("the card platform's envelope does not open"));
      return JSON.readTree(plain);
    } catch (JacksonException e) {
      // Its message may quote the answer: leave it out.
      throw new Silent("the card platform's answer is not readable");
    } catch (IOException e) {
      throw new Silent("the card platform's envelope is not Base64");
    }
  }

  private static CardOutcome alreadyUsed(JsonNode answer, String scanKey) {
    JsonNode usedBy = answer.path("usedBy");
    if (!usedBy.isTextual()) {
      throw new Silent("the card platform does not name the user of the card's code");
    }
    // By ourselves: the answer to an earlier attempt of this scan was lost on its way.
    return usedBy.textValue().equals(scanKey) ? verified(answer) : new CardOutcome.NotAuthentic();
  }

  private static CardOutcome verified(JsonNode answer) {
    return new CardOutcome.Verified(reference(answer));
  }

  private static String reference(JsonNode answer) {
    String reference = answer.path("reference").asText();
    // It goes into events and tables as it is.
    if (reference.isBlank()
        || reference.length() > REFERENCE_CHARACTERS_MAX
        || reference.chars().anyMatch(Character::isISOControl)) {
      throw new Silent("the card platform's answer has no usable reference");
    }
    return reference;
  }
}
