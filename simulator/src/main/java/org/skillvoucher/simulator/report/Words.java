package org.skillvoucher.simulator.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same in both languages. */
record Words(String english, String chinese) {
  private static final Pattern BOTH =
      Pattern.compile("(.*\\S)\\s*[(（]([^()（）]*\\p{IsHan}[^()（）]*)[)）]", Pattern.DOTALL);

  /** Of a text that has its Chinese in brackets at its end; else there is none. */
  static Words of(String both) {
    Matcher matcher = BOTH.matcher(both);
    return matcher.matches() ? new Words(matcher.group(1), matcher.group(2)) : new Words(both, "");
  }
}
