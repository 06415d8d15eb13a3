package org.skillvoucher.gateway.http;

import java.util.Locale;

/** The languages in which the gateway speaks to people. */
public enum Language {
  EN,
  ZH;

  /** Chinese for a caller who prefers it to English, and English for everybody else. */
  public static Language of(String acceptLanguage) {
    double zh = 0;
    double en = 0;
    for (AcceptHeader wish : AcceptHeader.list(acceptLanguage)) {
      String primary = wish.value().split("-", 2)[0].toLowerCase(Locale.ROOT);
      if (primary.equals("zh")) {
        zh = Math.max(zh, wish.quality());
      } else if (primary.equals("en")) {
        en = Math.max(en, wish.quality());
      }
    }
    return zh > en ? ZH : EN;
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
