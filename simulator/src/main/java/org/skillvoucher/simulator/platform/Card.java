package org.skillvoucher.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;

/**
 * One social security card (社会保障卡) as the platform knows it. Made-up people only, and yet never
 * printed.
 *
 * @param identificationCode 卡识别码 (aaz501)
 * @param personNumber 社会保障号码 (aac002)
 * @param cardNumber 卡号 (aaz500)
 * @param name 姓名 (aac003)
 */
public record Card(
    String identificationCode,
    String personNumber,
    String cardNumber,
    String name,
    CardStatus status) {

  /** 卡状态 (aaz502). */
  public enum CardStatus {
    ACTIVE,
    /** 挂失. */
    LOST,
    EXPIRED;

    static CardStatus of(String name) {
      for (CardStatus status : values()) {
        if (status.code().equals(name)) {
          return status;
        }
      }
      throw new BadRequest(422, "invalid_field", "status: active, lost or expired");
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a reader read: a card without its status, which only the platform knows. */
  static Card read(JsonNode reading, CardStatus status) {
    return new Card(
        Json.text(reading, "cardIdentificationCode"),
        Json.text(reading, "socialSecurityNumber"),
        Json.text(reading, "cardNumber"),
        Json.text(reading, "name"),
        status);
  }

  boolean isOfSamePersonAs(Card other) {
    return personNumber.equals(other.personNumber)
        && cardNumber.equals(other.cardNumber)
        && name.equals(other.name);
  }

  @Override
  public String toString() {
    return "Card " + status.code();
  }
}
