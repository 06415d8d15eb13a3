package org.skillvoucher.gateway.journal.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.skillvoucher.domain.scan.Scan.Fingerprint;

/**
 * Scans JSON as Jackson writes it, whose members and their order are known. It accepts less than
 * JSON: no white space, no escapes, only ASCII, instants in UTC.
 */
final class CanonicalOrderJsonScanner {
  /** The text has another form than expected; it may be valid all the same. */
  static final class UnexpectedShape extends Exception {
    UnexpectedShape() {
      super("written otherwise", null, false, false);
    }
  }

  private static final char NO_LETTER = '\uFFFD';
  private static final int DIGITS_MAX = 18;
  private static final int NANO_DIGITS = 9;

  private final String json;
  private int at;

  /** Letters beyond ASCII take more than a byte each, and what is none is read as one of them. */
  CanonicalOrderJsonScanner(byte[] bytes) throws UnexpectedShape {
    json = new String(bytes, StandardCharsets.UTF_8);
    if (json.length() != bytes.length || json.indexOf('\\') >= 0 || json.indexOf(NO_LETTER) >= 0) {
      throw new UnexpectedShape();
    }
  }

  /** Skips these characters if they are next. */
  boolean passes(String letters) {
    boolean next = json.startsWith(letters, at);
    at += next ? letters.length() : 0;
    return next;
  }

  /** Skips these characters. */
  void pass(String letters) throws UnexpectedShape {
    if (!passes(letters)) {
      throw new UnexpectedShape();
    }
  }

  void end() throws UnexpectedShape {
    if (at != json.length()) {
      throw new UnexpectedShape();
    }
  }

  /** A string after these characters. */
  String text(String letters) throws UnexpectedShape {
    pass(letters);
    pass("\"");
    int from = at;
    int end = json.indexOf('"', from);
    if (end < 0) {
      throw new UnexpectedShape();
    }
    at = end + 1;
    return json.substring(from, end);
  }

  /** An integer after these characters. */
  long number(String letters) throws UnexpectedShape {
    pass(letters);
    boolean negative = passes("-");
    int from = at;
    long number = 0;
    while (at < json.length() && isDigit(json.charAt(at))) {
      number = number * 10 + json.charAt(at++) - '0';
    }
    int digits = at - from;
    if (digits == 0
        || digits > DIGITS_MAX
        || (json.charAt(from) == '0' && (digits > 1 || negative))) {
      throw new UnexpectedShape();
    }
    return negative ? -number : number;
  }

  boolean bool(String letters) throws UnexpectedShape {
    pass(letters);
    if (passes("true")) {
      return true;
    }
    pass("false");
    return false;
  }

  /** Sixteen hexadecimal digits after these characters. */
  Fingerprint fingerprint(String letters) throws UnexpectedShape {
    pass(letters);
    pass("\"");
    long bits = 0;
    for (int i = 0; i < 2 * Long.BYTES; i++) {
      char digit = next();
      boolean letter = digit >= 'a' && digit <= 'f';
      if (!letter && !isDigit(digit)) {
        throw new UnexpectedShape();
      }
      bits = bits << 4 | (letter ? digit - 'a' + 10 : digit - '0');
      at++;
    }
    pass("\"");
    return new Fingerprint(bits);
  }

  /** An instant in UTC after these characters, for example {@code 2025-03-03T01:00:00.25Z}. */
  Instant instant(String letters) throws UnexpectedShape {
    pass(letters);
    pass("\"");
    int year = digits(4);
    pass("-");
    int month = digits(2);
    pass("-");
    int day = digits(2);
    pass("T");
    int hour = digits(2);
    pass(":");
    int minute = digits(2);
    pass(":");
    int second = digits(2);
    int nano = passes(".") ? fraction() : 0;
    pass("Z\"");
    if (hour > 23 || minute > 59 || second > 59) {
      throw new UnexpectedShape();
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nano);
    } catch (DateTimeException e) {
      throw new UnexpectedShape();
    }
  }

  private int fraction() throws UnexpectedShape {
    int from = at;
    int nano = 0;
    for (int i = 0; i < NANO_DIGITS; i++) {
      nano = nano * 10 + (isDigit(next()) ? json.charAt(at++) - '0' : 0);
    }
    if (at == from) {
      throw new UnexpectedShape();
    }
    return nano;
  }

  private int digits(int count) throws UnexpectedShape {
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit(next())) {
        throw new UnexpectedShape();
      }
      number = number * 10 + json.charAt(at++) - '0';
    }
    return number;
  }

  private char next() throws UnexpectedShape {
    if (at == json.length()) {
      throw new UnexpectedShape();
    }
    return json.charAt(at);
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }
}
