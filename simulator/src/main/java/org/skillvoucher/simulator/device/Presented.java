package org.skillvoucher.simulator.device;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.skillvoucher.simulator.platform.Card;

/**
 * What a person presented to a device, in one of the ways to sign in (签到方式). Personal data of
 * invented people; never printed all the same.
 *
 * @param members as they are sent, and as the statement's commitment covers them
 */
public record Presented(Map<String, Object> members) {
  public Presented {
    members = Map.copyOf(members);
  }

  /** Prevents guessing what a commitment covers: 16 random bytes in base64url. */
  public record Salt(String text) {
    public static Salt of(long high, long low) {
      byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      return new Salt(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
  }

  /** A social security card on a reader (F4). */
  public static Presented card(Card card, Salt salt) {
    return of("physical_card", salt, Map.of("record", readerRecord(card)));
  }

  /** The code of one minute that a person's phone shows (F1). */
  public static Presented personalCode(String code, Salt salt) {
    return of("personal_code", salt, Map.of("code", code));
  }

  /** For a person without phone and card, with a witness's card. */
  public static Presented assisted(String number, Card witness, String reason, Salt salt) {
    return of(
        "assisted",
        salt,
        Map.of(
            "person",
            Map.of("idType", "citizen_id", "number", number),
            "witness",
            readerRecord(witness),
            "reason",
            reason));
  }

  /** A number without a card, which is never counted. */
  public static Presented typedNumber(String number, Salt salt) {
    return of("typed_number", salt, Map.of("number", number));
  }

  private static Presented of(String way, Salt salt, Map<String, Object> more) {
    Map<String, Object> members = new TreeMap<>(more);
    members.put("way", way);
    members.put("salt", salt.text());
    return new Presented(members);
  }

  /** A reader's record: issuing region, number, card number, card code, name, and six more. */
  private static String readerRecord(Card card) {
    return String.join(
        "|",
        card.identificationCode().substring(0, 6),
        card.personNumber(),
        card.cardNumber(),
        card.identificationCode(),
        card.name(),
        "008100",
        "3.00",
        "20240101",
        "20340101",
        "000000000001",
        "00000001",
        "");
  }

  @Override
  public String toString() {
    return "Presented";
  }
}
