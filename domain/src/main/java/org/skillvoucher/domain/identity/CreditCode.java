package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/**
 * An institution's unified social credit code (统一社会信用代码), GB 32100: 18 characters, the last of
 * which is a check character. Codes were issued whose check character does not fit the others.
 */
public record CreditCode(String value) {
  private static final int LENGTH = 18;
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  /** Of the registering authority (GB/T 2260). */
  private static final Pattern REGION = Pattern.compile("..[0-9]{6}.*");

  /**
   * Takes a code as it is stored: before its region was verified, one with letters there may have
   * been.
   *
   * @throws IllegalArgumentException for another length or other characters
   */
  public CreditCode {
    if (spelling(value) instanceof Parsed.Invalid<String>(var code, var reason)) {
      throw new IllegalArgumentException(reason);
    }
  }

  /**
   * Reads a new code as people type it: full-width and lower-case characters and surrounding space
   * are normalized. Codes of a refusal: those of {@link #parseIssued}, and {@code
   * credit_code_check}.
   */
  public static Parsed<CreditCode> parse(String text) {
    Parsed<CreditCode> issued = parseIssued(text);
    return issued instanceof Parsed.Valid<CreditCode>(var code) && !code.hasFittingCheck()
        ? Parsed.invalid("credit_code_check", "the last character does not fit the others")
        : issued;
  }

  /**
   * Reads the code of an institution that may have been admitted with a check character that does
   * not fit. Codes of a refusal: {@code credit_code_length}, {@code credit_code_characters}, {@code
   * credit_code_region}.
   */
  public static Parsed<CreditCode> parseIssued(String text) {
    return switch (spelling(InputNormalization.code(text))) {
      case Parsed.Valid<String>(var value) ->
          REGION.matcher(value).matches()
              ? Parsed.valid(new CreditCode(value))
              : Parsed.invalid(
                  "credit_code_region", "characters 3 to 8 are the six digits of a region");
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  /** Whether the last character fits the others. */
  public boolean hasFittingCheck() {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < LENGTH; i++) {
      int worth = ALPHABET.indexOf(value.charAt(i));
      // Including the check character at weight 1, the sum of a fitting code is 0 modulo 31.
      sum += i == LENGTH - 1 ? worth : worth * weight;
      weight = weight * 3 % ALPHABET.length();
    }
    return sum % ALPHABET.length() == 0;
  }

  private static Parsed<String> spelling(String value) {
    if (value.length() != LENGTH) {
      return Parsed.invalid("credit_code_length", "a credit code has 18 characters");
    }
    if (value.chars().anyMatch(character -> ALPHABET.indexOf(character) < 0)) {
      return Parsed.invalid(
          "credit_code_characters", "digits and capital letters without I, O, S, V and Z");
    }
    return Parsed.valid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
