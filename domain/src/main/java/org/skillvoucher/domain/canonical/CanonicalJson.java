package org.skillvoucher.domain.canonical;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Canonical JSON (RFC 8785) of objects made of objects, arrays, strings, booleans and integers of
 * at most 2^53-1: the bytes that are hashed and signed. Floats and null have no place in it, so
 * that two implementations cannot disagree about a number's digits or a member's absence.
 */
public final class CanonicalJson {
  /** The largest integer which every JSON implementation keeps exactly. */
  static final long INTEGER_MAX = (1L << 53) - 1;

  /** Objects and arrays within one another, the outermost counted. */
  static final int DEPTH_MAX = 8;

  private static final String HEX = "0123456789abcdef";

  private CanonicalJson() {}

  /**
   * The one canonical text of an object. Values are Map, List, String, Integer, Long or Boolean.
   *
   * @throws IllegalArgumentException for any other value or key, an integer beyond ±(2^53-1), half
   *     of a surrogate pair, or more than 8 levels
   */
  public static String write(Map<String, ?> object) {
    StringBuilder out = new StringBuilder(256);
    writeObject(out, object, 1);
    return out.toString();
  }

  /** As {@link #write(Map)}, in the UTF-8 that is hashed and signed. */
  public static byte[] bytes(Map<String, ?> object) {
    return write(object).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one object; integers become Long, arrays unmodifiable List, objects unmodifiable Map in
   * the order of the text. White space and escapes which canonical text would not have are read,
   * because comparing {@link #write} of the result with the text finds them all.
   *
   * @throws NotCanonicalException for bad UTF-8, doubled keys, fractions, exponents, integers
   *     beyond ±(2^53-1), null, half of a surrogate pair, more than 8 levels, or text after the
   *     object
   */
  public static Map<String, Object> parse(byte[] utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new NotCanonicalException("not UTF-8");
    }
    return new CanonicalJsonParser(text).document();
  }

  private static void writeObject(StringBuilder out, Map<?, ?> object, int depth) {
    checkDepth(depth);
    // String's own order is by UTF-16 code unit, which is the order RFC 8785 asks for.
    TreeMap<String, Object> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      if (!(entry.getKey() instanceof String key) || entry.getValue() == null) {
        throw new IllegalArgumentException("a member needs a name and a value");
      }
      sorted.put(key, entry.getValue());
    }
    char separator = '{';
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(separator);
      writeString(out, entry.getKey());
      out.append(':');
      writeValue(out, entry.getValue(), depth);
      separator = ',';
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(StringBuilder out, List<?> array, int depth) {
    checkDepth(depth);
    char separator = '[';
    for (Object element : array) {
      if (element == null) {
        throw new IllegalArgumentException("an array holds no null");
      }
      out.append(separator);
      writeValue(out, element, depth);
      separator = ',';
    }
    out.append(array.isEmpty() ? "[]" : "]");
  }

  private static void writeValue(StringBuilder out, Object value, int depth) {
    switch (value) {
      case String string -> writeString(out, string);
      case Integer integer -> out.append(integer.intValue());
      case Long integer -> writeInteger(out, integer);
      case Boolean bool -> out.append(bool.booleanValue());
      case Map<?, ?> object -> writeObject(out, object, depth + 1);
      case List<?> array -> writeArray(out, array, depth + 1);
      default ->
          throw new IllegalArgumentException("no canonical form for " + value.getClass().getName());
    }
  }

  private static void writeInteger(StringBuilder out, long value) {
    if (value > INTEGER_MAX || value < -INTEGER_MAX) {
      throw new IllegalArgumentException("an integer beyond 2^53-1");
    }
    out.append(value);
  }

  private static void writeString(StringBuilder out, String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else if (isHalfOfAPair(string, i)) {
            throw new IllegalArgumentException("half of a surrogate pair");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Whether the character is a surrogate without its partner beside it. */
  static boolean isHalfOfAPair(CharSequence text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  private static void checkDepth(int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("more than " + DEPTH_MAX + " levels");
    }
  }
}
