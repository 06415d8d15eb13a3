package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/**
 * The identification code of a social security card (卡识别码, aaz501): issuing region, the marks of a
 * card of the national standard, and 16 hexadecimal digits. Names one person's card, so {@link
 * #toString} never shows it.
 */
public record CardIdentificationCode(String value) {
  private static final Pattern SHAPE = Pattern.compile("\\d{6}D156000005[0-9A-F]{16}");

  public CardIdentificationCode {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a card identification code is six digits, D156000005 and 16 of 0-9 A-F");
    }
  }

  /**
   * Reads a code exactly as a reader gives it; {@code card_identification_code} when it is none.
   */
  public static Parsed<CardIdentificationCode> parse(String text) {
    return Parsed.trying("card_identification_code", text, CardIdentificationCode::new);
  }

  @Override
  public String toString() {
    return "CardIdentificationCode";
  }
}
