package org.skillvoucher.domain.canonical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One reading of one text; see {@link CanonicalJson#parse}. */
final class CanonicalJsonParser {
  private static final int END = -1;

  private final String text;
  private int position;

  CanonicalJsonParser(String text) {
    this.text = text;
  }

  Map<String, Object> document() {
    skipSpace();
    if (peek() != '{') {
      throw refused("not an object");
    }
    Map<String, Object> object = object(1);
    skipSpace();
    if (peek() != END) {
      throw refused("text after the object");
    }
    return object;
  }

  private Map<String, Object> object(int depth) {
    enter(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    skipSpace();
    if (peek() == '}') {
      position++;
      return Collections.unmodifiableMap(members);
    }
    while (true) {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      if (members.putIfAbsent(name, value(depth)) != null) {
        throw refused("a doubled key");
      }
      if (atEndOf('}')) {
        return Collections.unmodifiableMap(members);
      }
    }
  }

  private List<Object> array(int depth) {
    enter(depth);
    List<Object> elements = new ArrayList<>();
    skipSpace();
    if (peek() == ']') {
      position++;
      return List.of();
    }
    while (true) {
      elements.add(value(depth));
      if (atEndOf(']')) {
        return Collections.unmodifiableList(elements);
      }
    }
  }

  private void enter(int depth) {
    if (depth > CanonicalJson.DEPTH_MAX) {
      throw refused("more than " + CanonicalJson.DEPTH_MAX + " levels");
    }
    position++;
  }

  /** Takes the closing bracket (true) or the comma (false). */
  private boolean atEndOf(char close) {
    skipSpace();
    if (peek() == close) {
      position++;
      return true;
    }
    expect(',');
    return false;
  }

  private Object value(int depth) {
    skipSpace();
    int c = peek();
    return switch (c) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> throw refused("null");
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw refused("not a value");
        }
        yield integer();
      }
    };
  }

  private Boolean word(String word, boolean value) {
    if (!text.startsWith(word, position)) {
      throw refused("not a value");
    }
    position += word.length();
    return value;
  }

  private Long integer() {
    boolean negative = peek() == '-';
    if (negative) {
      position++;
    }
    int start = position;
    long value = 0;
    while (isDigit(peek())) {
      value = value * 10 + (text.charAt(position) - '0');
      if (value > CanonicalJson.INTEGER_MAX) {
        throw refused("an integer beyond 2^53-1");
      }
      position++;
    }
    if (position == start || (text.charAt(start) == '0' && position > start + 1)) {
      throw refused("not a number");
    }
    if (peek() == '.' || peek() == 'e' || peek() == 'E') {
      throw refused("a fraction or exponent");
    }
    return negative ? -value : value;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      int c = peek();
      if (c == END) {
        throw refused("an unended string");
      }
      if (c < 0x20) {
        throw refused("a bare control character");
      }
      position++;
      if (c == '"') {
        return whole(out);
      }
      out.append(c == '\\' ? escape() : (char) c);
    }
  }

  private String whole(StringBuilder string) {
    for (int i = 0; i < string.length(); i++) {
      if (CanonicalJson.isHalfOfAPair(string, i)) {
        throw refused("half of a surrogate pair");
      }
    }
    return string.toString();
  }

  private char escape() {
    int c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> hexadecimal();
      default -> throw refused("an unknown escape");
    };
  }

  private char hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int c = peek();
      // Character.digit alone would take the digits of every script.
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw refused("an unknown escape");
      }
      value = value << 4 | digit;
      position++;
    }
    return (char) value;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      position++;
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw refused("not " + wanted);
    }
    position++;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private NotCanonicalException refused(String reason) {
    return new NotCanonicalException(reason, position);
  }
}
