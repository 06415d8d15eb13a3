package org.skillvoucher.gateway.http;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A one-time code (注册码) as a person types it: in lower case, without dashes or with other ones,
 * with spaces, in full-width letters, or with the letters O, I and L, which no code has.
 */
final class TypedCode {
  private static final int LENGTH_MAX = 64;
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Pd}\u2212]+");
  private static final Pattern LETTERS = Pattern.compile("[0-9A-HJKMNP-TV-Z]{16}");

  private TypedCode() {}

  /** The code as it was issued, four groups of four letters; empty when the text is none. */
  static Optional<String> read(String typed) {
    if (typed.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String letters =
        BETWEEN
            .matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
            .replaceAll("")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return LETTERS.matcher(letters).matches()
        ? Optional.of(letters.replaceAll("(.{4})(?=.)", "$1-"))
        : Optional.empty();
  }
}
