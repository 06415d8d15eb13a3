package org.skillvoucher.domain.identity;

/** Normalizes codes as people type them: full-width characters, lower case, surrounding space. */
final class InputNormalization {
  private static final int FULL_WIDTH_OFFSET = 0xFEE0;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private InputNormalization() {}

  /** Without surrounding space, full-width letters and digits in half width, Latin in capitals. */
  static String code(String text) {
    char[] letters = trimmed(text).toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = plain(letters[i]);
    }
    return new String(letters);
  }

  /**
   * Without surrounding space of any kind, including ideographic and no-break space and a stray
   * byte order mark.
   */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || letter == BYTE_ORDER_MARK;
  }

  private static char plain(char letter) {
    boolean fullWidth =
        (letter >= '０' && letter <= '９')
            || (letter >= 'Ａ' && letter <= 'Ｚ')
            || (letter >= 'ａ' && letter <= 'ｚ');
    int half = fullWidth ? letter - FULL_WIDTH_OFFSET : letter;
    return (char) (half >= 'a' && half <= 'z' ? half - 'a' + 'A' : half);
  }
}
