package org.skillvoucher.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** The languages of problem details. */
public enum Language {
  EN,
  ZH;

  /** Far above what browsers send; parsing takes time that grows with the square of the length. */
  private static final int HEADER_CHARACTERS_MAX = 1_000;

  /**
   * Chinese for a caller who prefers it to English, and English for all others, also where the
   * header cannot be parsed: no request is refused for its language.
   */
  public static Language of(String acceptLanguage) {
    if (acceptLanguage.isBlank() || acceptLanguage.length() > HEADER_CHARACTERS_MAX) {
      return EN;
    }
    try {
      List<LanguageRange> ranges = LanguageRange.parse(acceptLanguage);
      return weight("zh", ranges) > weight("en", ranges) ? ZH : EN;
    } catch (IllegalArgumentException e) {
      return EN;
    }
  }

  /** The highest weight of the language in any of its regions and scripts; 0 without one. */
  private static double weight(String language, List<LanguageRange> ranges) {
    return ranges.stream()
        .filter(range -> range.getRange().split("-", 2)[0].equals(language))
        .mapToDouble(LanguageRange::getWeight)
        .max()
        .orElse(0);
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
