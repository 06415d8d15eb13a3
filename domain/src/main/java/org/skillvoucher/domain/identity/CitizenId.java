package org.skillvoucher.domain.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A citizen id number (公民身份号码), GB 11643, which is the social security number (社会保障号码) as well.
 * Every instance was checked. Personal data: {@link #toString} never shows it.
 */
public final class CitizenId {
  private static final int LENGTH = 18;
  private static final int LIFETIME_YEARS_MAX = 150;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final Pattern CHARACTERS = Pattern.compile("\\d{17}[0-9X]");

  /**
   * No number has a whole province as its region; a city without counties is valid (441900 is
   * Dongguan).
   */
  private static final Pattern REGION = Pattern.compile("[1-9]\\d(?!0000)\\d{4}.*");

  private final String value;
  private final boolean normalised;

  private CitizenId(String value, boolean normalised) {
    this.value = value;
    this.normalised = normalised;
  }

  /**
   * Reads a number as people type it: full-width characters, a lower-case x and surrounding space
   * are normalized. Codes of a refusal, checked in this order: {@code id_length}, {@code
   * id_characters}, {@code id_region}, {@code id_birth_date}, {@code id_check_digit}.
   *
   * @param today the latest possible date of birth, in Asia/Shanghai
   */
  public static Parsed<CitizenId> parse(String text, LocalDate today) {
    String value = InputNormalization.code(text);
    if (value.codePointCount(0, value.length()) != LENGTH) {
      return Parsed.invalid("id_length", "a citizen id number has 18 characters");
    }
    if (!CHARACTERS.matcher(value).matches()) {
      return Parsed.invalid("id_characters", "17 digits, and then a digit or X");
    }
    if (!REGION.matcher(value).matches()) {
      return Parsed.invalid("id_region", "the first six digits name no city or county");
    }
    Optional<LocalDate> birth = birthDate(value);
    if (birth.isEmpty()
        || birth.get().isAfter(today)
        || birth.get().isBefore(today.minusYears(LIFETIME_YEARS_MAX))) {
      return Parsed.invalid("id_birth_date", "digits 7 to 14 are no living person's birth date");
    }
    if (value.charAt(LENGTH - 1) != check(value)) {
      return Parsed.invalid("id_check_digit", "the last character does not fit the others");
    }
    return Parsed.valid(new CitizenId(value, !value.equals(text)));
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

  /** ISO 7064 MOD 11-2. */
  private static char check(String value) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (value.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % 11);
  }

  /** The 18 characters. Personal data: for the vault and the card platform only. */
  public String value() {
    return value;
  }

  /** Whether the text was normalized. */
  public boolean normalised() {
    return normalised;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CitizenId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "CitizenId";
  }
}
