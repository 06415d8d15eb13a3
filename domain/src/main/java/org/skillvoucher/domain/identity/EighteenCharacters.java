package org.skillvoucher.domain.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form that the numbers of citizens, of residence permits and of foreign permanent residents
 * have in common (GB 11643): six digits, date of birth, three digits, and a check character.
 */
final class EighteenCharacters {
  static final int LENGTH = 18;
  private static final int LIFETIME_YEARS_MAX = 150;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final Pattern CHARACTERS = Pattern.compile("\\d{17}[0-9X]");

  private EighteenCharacters() {}

  static boolean isIn(String value) {
    return CHARACTERS.matcher(value).matches();
  }

  /** Codes of a refusal: {@code id_length}, {@code id_characters}. */
  static Parsed<String> form(String value) {
    if (value.codePointCount(0, value.length()) != LENGTH) {
      return Parsed.invalid("id_length", "the number has 18 characters");
    }
    return isIn(value)
        ? Parsed.valid(value)
        : Parsed.invalid("id_characters", "17 digits, and then a digit or X");
  }

  /**
   * Checks a number of this form. Codes of a refusal: {@code id_birth_date}, {@code
   * id_check_digit}.
   *
   * @param today the latest possible date of birth, in Asia/Shanghai
   */
  static Parsed<String> dateAndCheck(String value, LocalDate today) {
    Optional<LocalDate> birth = birthDate(value);
    if (birth.isEmpty()
        || birth.get().isAfter(today)
        || birth.get().isBefore(today.minusYears(LIFETIME_YEARS_MAX))) {
      return Parsed.invalid("id_birth_date", "digits 7 to 14 are no living person's birth date");
    }
    return value.charAt(LENGTH - 1) == check(value)
        ? Parsed.valid(value)
        : Parsed.invalid("id_check_digit", "the last character does not fit the others");
  }

  private static Optional<LocalDate> birthDate(String value) {
    try {
      return Optional.of(
          LocalDate.of(number(value, 6, 10), number(value, 10, 12), number(value, 12, 14)));
    } catch (DateTimeException e) { // such as 29 February of a common year
      return Optional.empty();
    }
  }

  private static int number(String value, int from, int to) {
    return Integer.parseInt(value, from, to, 10);
  }

  /** The check character of the first 17 digits, ISO 7064 MOD 11-2. */
  static char check(String value) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (value.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % 11);
  }
}
