package org.skillvoucher.simulator.screen;

/** How many columns a text takes on a terminal: Chinese characters take two. */
public final class TextWidth {
  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::columns).sum();
  }

  /** The text filled up with spaces to that many columns. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** The text with spaces before it. */
  public static String paddedLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text))) + text;
  }

  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(codePoint)
            || within(codePoint, 0x1100, 0x115F) // Hangul
            || within(codePoint, 0x2E80, 0x303E) // radicals, punctuation
            || within(codePoint, 0x3041, 0x33FF) // kana, squared
            || within(codePoint, 0xAC00, 0xD7A3)
            || within(codePoint, 0xFE30, 0xFE6F)
            || within(codePoint, 0xFF01, 0xFF60) // full-width
            || within(codePoint, 0xFFE0, 0xFFE6)
            || within(codePoint, 0x1F300, 0x1FAFF);
    return wide ? 2 : 1;
  }

  private static boolean within(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }
}
