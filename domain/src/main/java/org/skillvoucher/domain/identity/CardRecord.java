package org.skillvoucher.domain.identity;

import java.util.List;

/**
 * What a reader read off a social security card (社会保障卡读卡记录): fields terminated by {@code |}. Only
 * the fields that identify the holder are retained. Personal data: never logged.
 *
 * @param socialSecurityNumber 社会保障号码 (aac002), as on the card
 * @param cardNumber 卡号 (aaz500), opaque
 * @param code 卡识别码 (aaz501)
 * @param name 姓名 (aac003)
 */
public record CardRecord(
    String socialSecurityNumber, String cardNumber, CardIdentificationCode code, PersonName name) {
  private static final int FIELDS = 11;
  private static final int NUMBER_AT = 1;
  private static final int CARD_NUMBER_AT = 2;
  private static final int CODE_AT = 3;
  private static final int NAME_AT = 4;
  private static final int CARD_NUMBER_CHARACTERS_MAX = 20;

  @Override
  public String toString() {
    return "CardRecord";
  }

  /**
   * Reads a record; {@code record_fields} when fields are missing, {@code record_blank} for a card
   * without name and number, or the fault of code or name.
   */
  public static Parsed<CardRecord> parse(String text) {
    List<String> fields = List.of(text.strip().split("\\|", -1));
    boolean ended = fields.size() == FIELDS + 1 && fields.getLast().isEmpty();
    if (!ended && fields.size() != FIELDS) {
      return Parsed.invalid("record_fields", "a reader's record has " + FIELDS + " fields");
    }
    String number = fields.get(NUMBER_AT).strip();
    String cardNumber = fields.get(CARD_NUMBER_AT).strip();
    if (number.isEmpty() || fields.get(NAME_AT).isBlank()) {
      return Parsed.invalid("record_blank", "the card is blank: no number, no name");
    }
    if (cardNumber.isEmpty() || cardNumber.length() > CARD_NUMBER_CHARACTERS_MAX) {
      return Parsed.invalid("record_fields", "a card number has 1 to 20 characters");
    }
    return switch (CardIdentificationCode.parse(fields.get(CODE_AT).strip())) {
      case Parsed.Invalid<CardIdentificationCode>(var code, var reason) ->
          Parsed.invalid(code, reason);
      case Parsed.Valid<CardIdentificationCode>(var code) ->
          switch (PersonName.onCard(fields.get(NAME_AT))) {
            case Parsed.Invalid<PersonName>(var bad, var reason) -> Parsed.invalid(bad, reason);
            case Parsed.Valid<PersonName>(var name) ->
                Parsed.valid(new CardRecord(number, cardNumber, code, name));
          };
    };
  }
}
