package org.skillvoucher.gateway.http;

/** A text in both languages. Never holds personal data. */
public record Text(String en, String zh) {
  public String in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH -> zh;
    };
  }
}
