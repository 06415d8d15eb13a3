package org.skillvoucher.domain.identity;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A citizen id number (公民身份号码), GB 11643, which is the social security number (社会保障号码) as well.
 * Every instance was checked. Personal data: {@link #toString} never shows it.
 */
public final class CitizenId {
  /** The form issued until 1999: the year of birth in two digits, no check character. */
  private static final Pattern FIFTEEN_DIGITS = Pattern.compile("\\d{15}");

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
   * Reads a number as people type it and as spreadsheets save it: full-width characters, a
   * lower-case x, surrounding space, quotes and invisible characters are normalized, and an old
   * number of 15 digits becomes the one of 18 that replaced it, with the century 19. Codes of a
   * refusal, checked in this order: {@code id_length}, {@code id_characters}, {@code id_region},
   * {@code id_birth_date}, {@code id_check_digit}.
   *
   * @param today the latest possible date of birth, in Asia/Shanghai
   */
  public static Parsed<CitizenId> parse(String text, LocalDate today) {
    String value = ofEighteen(InputNormalization.code(text));
    return switch (check(value, today)) {
      case Parsed.Valid<String> valid -> Parsed.valid(new CitizenId(value, !value.equals(text)));
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<String> check(String value, LocalDate today) {
    if (EighteenCharacters.form(value) instanceof Parsed.Invalid<String> invalid) {
      return invalid;
    }
    return REGION.matcher(value).matches()
        ? EighteenCharacters.dateAndCheck(value, today)
        : Parsed.invalid("id_region", "the first six digits name no city or county");
  }

  private static String ofEighteen(String value) {
    if (!FIFTEEN_DIGITS.matcher(value).matches()) {
      return value;
    }
    String digits = value.substring(0, 6) + "19" + value.substring(6);
    return digits + EighteenCharacters.check(digits);
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
