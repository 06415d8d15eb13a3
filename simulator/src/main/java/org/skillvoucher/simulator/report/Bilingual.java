package org.skillvoucher.simulator.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in English and Chinese. */
record Bilingual(String english, String chinese) {
  private static final Pattern BOTH =
      Pattern.compile("(.*\\S)\\s*[(（]([^()（）]*\\p{IsHan}[^()（）]*)[)）]", Pattern.DOTALL);

  /**
   * Splits a text that ends with its Chinese in brackets; without brackets the Chinese is empty.
   */
  static Bilingual parse(String both) {
    Matcher matcher = BOTH.matcher(both);
    return matcher.matches()
        ? new Bilingual(matcher.group(1), matcher.group(2))
        : new Bilingual(both, "");
  }
}
