package org.skillvoucher.gateway.projection;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key of a page's last row with the name of its list, so that other lists refuse it. */
record PageCursor(String list, String key) {
  private static final int LENGTH_MAX = 200;
  private static final Pattern SHAPE = Pattern.compile("([a-z]+):([A-Za-z0-9._-]{1,100})");

  String encoded() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key after which a page begins.
   *
   * @throws InvalidCursor when the text is no cursor of this list
   */
  static String key(String list, String encoded) {
    if (encoded.length() > LENGTH_MAX) {
      throw new InvalidCursor();
    }
    Matcher matcher = SHAPE.matcher(decoded(encoded));
    if (!matcher.matches() || !matcher.group(1).equals(list)) {
      throw new InvalidCursor();
    }
    PageCursor cursor = new PageCursor(list, matcher.group(2));
    if (!cursor.encoded().equals(encoded)) {
      throw new InvalidCursor();
    }
    return cursor.key();
  }

  /** The key of a list ordered by number. */
  static long number(String list, String encoded) {
    try {
      return Long.parseLong(key(list, encoded));
    } catch (NumberFormatException e) {
      throw new InvalidCursor();
    }
  }

  private static String decoded(String encoded) {
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidCursor();
    }
  }
}
