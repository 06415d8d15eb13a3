package org.skillvoucher.domain.policy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** The keys and values of a properties text, and its duplicate keys. */
final class PropertiesText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PropertiesText() {}

  /**
   * Reads the text.
   *
   * @param doubled receives every duplicate key, which Properties itself would ignore silently
   * @throws IllegalArgumentException for a broken Unicode escape
   */
  static Map<String, String> read(String text, Consumer<String> doubled) {
    Map<String, String> values = new HashMap<>();
    Properties lines =
        new Properties() {
          @Override
          public synchronized Object put(Object key, Object value) {
            String before = values.put(key.toString(), value.toString().strip());
            if (before != null) {
              doubled.accept(key.toString());
            }
            return key;
          }
        };
    try {
      lines.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be read", e);
    }
    return Collections.unmodifiableMap(values);
  }
}
