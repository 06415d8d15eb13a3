package org.skillvoucher.gateway.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The languages of problem details. */
public enum Language {
  EN,
  ZH;

  /** Far above what browsers send; parsing takes time that grows with the square of the length. */
  private static final int HEADER_CHARACTERS_MAX = 1_000;

  /** What follows the region in a locale of POSIX: {@code zh_CN.UTF-8@pinyin}. */
  private static final Pattern POSIX_SUFFIX = Pattern.compile("[.@][A-Za-z][A-Za-z0-9.@_=-]*");

  /**
   * Chinese for a caller who prefers it to English, and English for all others. Locales as POSIX
   * and Java write them ({@code zh_CN.UTF-8}) are read too, and a range that cannot be parsed is
   * left out: no request is refused for its language.
   */
  public static Language of(String acceptLanguage) {
    if (acceptLanguage.isBlank() || acceptLanguage.length() > HEADER_CHARACTERS_MAX) {
      return EN;
    }
    List<LanguageRange> ranges =
        Arrays.stream(acceptLanguage.split(",", -1)).flatMap(Language::ranges).toList();
    return weight("zh", ranges) > weight("en", ranges) ? ZH : EN;
  }

  private static Stream<LanguageRange> ranges(String range) {
    String hyphenated = POSIX_SUFFIX.matcher(range).replaceFirst("").replace('_', '-');
    try {
      return LanguageRange.parse(hyphenated.strip()).stream();
    } catch (IllegalArgumentException e) {
      return Stream.empty();
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
