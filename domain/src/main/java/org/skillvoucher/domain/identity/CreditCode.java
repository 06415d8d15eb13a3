package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/**
 * An institution's unified social credit code (统一社会信用代码), GB 32100: 18 characters, the last of
 * which is a check character.
 */
public record CreditCode(String value) {
  private static final int LENGTH = 18;
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  /** Of the registering authority (GB/T 2260). */
  private static final Pattern REGION = Pattern.compile("..[0-9]{6}.*");

  /**
   * Takes a code as it is stored.
   *
   * @throws IllegalArgumentException for a code that violates the standard
   */
  public CreditCode {
    if (check(value) instanceof Parsed.Invalid<String>(var code, var reason)) {
      throw new IllegalArgumentException(reason);
    }
  }

  /**
   * Reads a code as people type it: full-width and lower-case characters and surrounding space are
   * normalized. Codes of a refusal: {@code credit_code_length}, {@code credit_code_characters},
   * {@code credit_code_region}, {@code credit_code_check}.
   */
  public static Parsed<CreditCode> parse(String text) {
    return switch (check(InputNormalization.code(text))) {
      case Parsed.Valid<String>(var value) -> Parsed.valid(new CreditCode(value));
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<String> check(String value) {
    if (value.length() != LENGTH) {
      return Parsed.invalid("credit_code_length", "a credit code has 18 characters");
    }
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < LENGTH; i++) {
      int worth = ALPHABET.indexOf(value.charAt(i));
      if (worth < 0) {
        return Parsed.invalid(
            "credit_code_characters", "digits and capital letters without I, O, S, V and Z");
      }
      // Including the check character at weight 1, the sum of a valid code is 0 modulo 31.
      sum += i == LENGTH - 1 ? worth : worth * weight;
      weight = weight * 3 % ALPHABET.length();
    }
    if (!REGION.matcher(value).matches()) {
      return Parsed.invalid(
          "credit_code_region", "characters 3 to 8 are the six digits of a region");
    }
    return sum % ALPHABET.length() == 0
        ? Parsed.valid(value)
        : Parsed.invalid("credit_code_check", "the last character does not fit the others");
  }

  @Override
  public String toString() {
    return value;
  }
}
