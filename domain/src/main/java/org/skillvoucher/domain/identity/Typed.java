package org.skillvoucher.domain.identity;

/** How people type codes: the same characters in full width, in lower case, with space around. */
final class Typed {
  private static final int FULL_WIDTH_OFFSET = 0xFEE0;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private Typed() {}

  /** Without surrounding space, full-width letters and digits in half width, Latin in capitals. */
  static String code(String text) {
    StringBuilder out = new StringBuilder(text.length());
    trimmed(text).codePoints().map(Typed::plain).forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Without any kind of surrounding space, be it ideographic, unbreakable or a stray BOM. */
  static String trimmed(String text) {
    int[] points = text.codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && isSpace(points[from])) {
      from++;
    }
    while (to > from && isSpace(points[to - 1])) {
      to--;
    }
    return new String(points, from, to - from);
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || point == BYTE_ORDER_MARK;
  }

  private static int plain(int point) {
    boolean fullWidth =
        (point >= '０' && point <= '９')
            || (point >= 'Ａ' && point <= 'Ｚ')
            || (point >= 'ａ' && point <= 'ｚ');
    int half = fullWidth ? point - FULL_WIDTH_OFFSET : point;
    return half >= 'a' && half <= 'z' ? half - 'a' + 'A' : half;
  }
}
