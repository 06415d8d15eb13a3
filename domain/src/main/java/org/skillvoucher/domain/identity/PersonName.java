package org.skillvoucher.domain.identity;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A person's name (姓名, aac003): 1 to 64 characters, of any script and Unicode plane (𠮷), and with
 * the middle dot of 阿卜杜拉·买买提. Personal data: {@link #toString} never shows it.
 */
public record PersonName(String value) {
  private static final int CHARACTERS_MAX = 64;

  /** Bidirectional control characters, which can make one name look like another. */
  private static final Set<Integer> DIRECTION =
      Set.of(
          0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068,
          0x2069);

  /** The replacement character that decoders emit for undecodable bytes. */
  private static final int REPLACEMENT = 0xFFFD;

  /** Besides letters, marks, digits and space, the only characters of names. */
  private static final String PUNCTUATION = "·.'’‘ʼ`-‐,()（）/";

  /** Letters that show nothing: the fillers of Hangul. */
  private static final Set<Integer> BLANK_LETTERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0);

  /**
   * Takes a name as it is stored.
   *
   * @throws IllegalArgumentException for a text that is too long, has space around it, or holds a
   *     control character
   */
  public PersonName {
    if (check(value) instanceof Parsed.Invalid<String>(var code, var reason)) {
      throw new IllegalArgumentException(reason);
    }
    if (!InputNormalization.trimmed(value).equals(value)) {
      throw new IllegalArgumentException("a name has no space around it");
    }
  }

  /**
   * Reads a name that was written into a form or a file: normalised, and refused when it shows that
   * a character was lost on its way, for example {@code ?} for a rare one, or that it is no name.
   * Codes of a refusal: {@code name_missing}, and {@code name_invalid}, whose reason names the
   * character as U+XXXX.
   */
  public static Parsed<PersonName> parse(String text) {
    String name = NameNormalization.normalised(text);
    OptionalInt lost = name.codePoints().filter(point -> !isOfNames(point)).findFirst();
    if (lost.isPresent()) {
      return invalidCharacter(lost.getAsInt());
    }
    if (name.isEmpty()) {
      OptionalInt invisible =
          text.codePoints().filter(point -> !InputNormalization.isSpace(point)).findFirst();
      return invisible.isPresent()
          ? invalidCharacter(invisible.getAsInt())
          : Parsed.invalid("name_missing", "a name is missing");
    }
    if (name.codePoints().noneMatch(PersonName::isLetter)) {
      return Parsed.invalid("name_invalid", "a name has at least one letter");
    }
    return switch (check(name)) {
      case Parsed.Valid<String> valid -> Parsed.valid(new PersonName(name));
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  /**
   * Reads the name on a card, which is taken as the card's issuer wrote it; only what could not be
   * stored is refused.
   */
  static Parsed<PersonName> onCard(String text) {
    return switch (check(InputNormalization.trimmed(text))) {
      case Parsed.Valid<String>(var value) -> Parsed.valid(new PersonName(value));
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<String> check(String value) {
    if (value.isEmpty()) {
      return Parsed.invalid("name_missing", "a name is missing");
    }
    if (value.codePointCount(0, value.length()) > CHARACTERS_MAX) {
      return Parsed.invalid("name_invalid", "a name has at most 64 characters");
    }
    return value.codePoints().anyMatch(PersonName::isForbidden)
        ? Parsed.invalid("name_invalid", "a name holds a character no name can hold")
        : Parsed.valid(value);
  }

  private static <T> Parsed<T> invalidCharacter(int point) {
    return Parsed.invalid(
        "name_invalid",
        String.format(Locale.ROOT, "U+%04X is no character of a name", point)
            + (point == '?' || point == REPLACEMENT
                ? ": the character that was there was lost when the file was saved"
                : ""));
  }

  private static boolean isForbidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE, // half of a pair: a whole one is one code point of another kind
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> DIRECTION.contains(point) || point == REPLACEMENT;
    };
  }

  private static boolean isOfNames(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.DECIMAL_DIGIT_NUMBER ->
          true;
      default -> isLetter(point) || point == ' ' || PUNCTUATION.indexOf(point) >= 0;
    };
  }

  /**
   * Of Han also what is no letter to Unicode: 〇, and the radicals that GBK counts as characters.
   */
  private static boolean isLetter(int point) {
    return (Character.isLetter(point) && !BLANK_LETTERS.contains(point))
        || Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
  }

  @Override
  public String toString() {
    return "PersonName";
  }
}
