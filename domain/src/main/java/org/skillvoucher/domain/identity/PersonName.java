package org.skillvoucher.domain.identity;

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

  /**
   * Takes a name as it is stored.
   *
   * @throws IllegalArgumentException for a text that {@link #parse} would reject or trim
   */
  public PersonName {
    if (check(value) instanceof Parsed.Invalid<String>(var code, var reason)) {
      throw new IllegalArgumentException(reason);
    }
    if (!InputNormalization.trimmed(value).equals(value)) {
      throw new IllegalArgumentException("a name has no space around it");
    }
  }

  /** Reads a name, without surrounding space; {@code name_missing} or {@code name_invalid}. */
  public static Parsed<PersonName> parse(String text) {
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

  @Override
  public String toString() {
    return "PersonName";
  }
}
