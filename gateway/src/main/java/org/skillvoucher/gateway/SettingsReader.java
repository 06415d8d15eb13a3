package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the {@code vgw} keys and records which were read, so that unknown keys are found at the
 * end: a misspelt key must stop the start, not be ignored.
 */
public final class SettingsReader {
  private final Config config;
  private final Map<String, Boolean> read = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  SettingsReader(Config vgw) {
    this.config = vgw;
  }

  String text(String key) {
    return read(key, config::getString, "");
  }

  /** A text that is never printed: a password, a secret, a key. */
  String secret(String key) {
    String value = text(key);
    read.put(key, true);
    return value;
  }

  int number(String key) {
    return read(key, config::getInt, 0);
  }

  boolean flag(String key) {
    return read(key, config::getBoolean, false);
  }

  Duration duration(String key) {
    return read(key, config::getDuration, Duration.ZERO);
  }

  URI address(String key) {
    return read(
        key,
        path -> {
          URI uri = URI.create(config.getString(path));
          if (uri.getHost() == null) {
            throw new IllegalArgumentException("not an address such as http://host:port");
          }
          return uri;
        },
        URI.create("http://unset"));
  }

  /** Constructs a group of settings, whose constructor may reject the values together. */
  <T> Optional<T> group(String name, java.util.function.Supplier<T> make) {
    int before = faults.size();
    try {
      T made = make.get();
      return faults.size() == before ? Optional.of(made) : Optional.empty();
    } catch (IllegalArgumentException e) {
      faults.add("vgw." + name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reports all faults at once.
   *
   * @throws SettingsException when there is any
   */
  void finish() {
    for (var entry : config.entrySet()) {
      String key = entry.getKey();
      if (!read.containsKey(key)) {
        faults.add(
            "vgw."
                + key
                + " ("
                + entry.getValue().origin().description()
                + "): unknown key, did you mean vgw."
                + nearest(key)
                + "?");
      }
    }
    finishGroup();
  }

  /**
   * Reports the faults of the keys that were read, and no unknown keys.
   *
   * @throws SettingsException when there is any
   */
  void finishGroup() {
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }

  /** Every key with its value in force, secrets hidden. */
  Map<String, String> effective() {
    Map<String, String> values = new LinkedHashMap<>();
    read.forEach(
        (key, secret) ->
            values.put(
                "vgw." + key, secret ? "(hidden)" : config.getValue(key).unwrapped().toString()));
    return values;
  }

  private <T> T read(String key, Function<String, T> getter, T placeholder) {
    read.putIfAbsent(key, false);
    try {
      return getter.apply(key);
    } catch (ConfigException.Missing e) {
      faults.add("vgw." + key + ": is not set");
    } catch (ConfigException | IllegalArgumentException e) {
      String where = config.hasPath(key) ? config.getValue(key).origin().description() : "";
      faults.add("vgw." + key + " (" + where + "): has the wrong form");
    }
    return placeholder;
  }

  private String nearest(String key) {
    return read.keySet().stream()
        .min(Comparator.comparingInt(known -> distance(known, key)))
        .orElse("");
  }

  /** Levenshtein's distance, by rows. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  /** The settings cannot be used; each fault names its key. */
  public static final class SettingsException extends RuntimeException {
    SettingsException(List<String> faults) {
      super(String.join(System.lineSeparator(), faults));
    }
  }
}
