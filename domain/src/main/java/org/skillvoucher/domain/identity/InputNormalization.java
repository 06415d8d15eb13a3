package org.skillvoucher.domain.identity;

/**
 * Normalizes what people type and spreadsheets save: full-width characters, lower case, and the
 * space, quotes and invisible characters around a text.
 */
final class InputNormalization {
  private static final int FULL_WIDTH_OFFSET = 0xFEE0;
  private static final String QUOTES = "'\"`´‘’‚‛“”„‟＇＂「」『』«»";
  private static final String EQUALS = "=＝";

  private InputNormalization() {}

  /**
   * A code: {@link #unwrapped}, without invisible characters, full-width letters and digits in half
   * width, Latin in capitals.
   */
  static String code(String text) {
    String inner = unwrapped(text);
    StringBuilder code = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      if (!isInvisible(inner.charAt(i))) {
        code.append(plain(inner.charAt(i)));
      }
    }
    return code.toString();
  }

  /**
   * Without what spreadsheets put around a text so that it stays one: {@code '}, {@code ="…"},
   * quotes, space, and invisible characters.
   */
  static String unwrapped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isWrapping(text, from, to)) {
      from++;
    }
    while (to > from && isClosing(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWrapping(String text, int at, int to) {
    char letter = text.charAt(at);
    boolean opensFormula =
        EQUALS.indexOf(letter) >= 0 && at + 1 < to && QUOTES.indexOf(text.charAt(at + 1)) >= 0;
    return opensFormula || isClosing(letter);
  }

  private static boolean isClosing(char letter) {
    return isSpace(letter) || isInvisible(letter) || QUOTES.indexOf(letter) >= 0;
  }

  /**
   * Without surrounding space of any kind, including ideographic and no-break space, and without
   * surrounding invisible characters, such as a byte order mark or marks of direction.
   */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && (isSpace(text.charAt(from)) || isInvisible(text.charAt(from)))) {
      from++;
    }
    while (to > from && (isSpace(text.charAt(to - 1)) || isInvisible(text.charAt(to - 1)))) {
      to--;
    }
    return text.substring(from, to);
  }

  static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  /** Characters of format: zero-width space and joiners, marks of direction, byte order mark. */
  static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT;
  }

  private static char plain(char letter) {
    char half = isFullWidth(letter) ? (char) (letter - FULL_WIDTH_OFFSET) : letter;
    return half >= 'a' && half <= 'z' ? (char) (half - 'a' + 'A') : half;
  }

  /** A full-width Latin letter or digit. */
  static boolean isFullWidth(int point) {
    return (point >= '０' && point <= '９')
        || (point >= 'Ａ' && point <= 'Ｚ')
        || (point >= 'ａ' && point <= 'ｚ');
  }

  static int halfWidth(int point) {
    return isFullWidth(point) ? point - FULL_WIDTH_OFFSET : point;
  }
}
