package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The effective configuration: flags over environment variables over the files in {@code config/}
 * over the libraries' own defaults.
 */
public final class Configuration {
  private static final String OVERRIDES = "a flag or environment variable";

  private Configuration() {}

  /**
   * The folder of conf files, migrations, rule packs and samples ({@code VGW_CONFIG} elsewhere).
   */
  public static Path folder() {
    return Path.of(System.getProperty("vgw.config", "config"));
  }

  /** The base of relative paths such as {@code .vgw}: the checkout. */
  public static Path home() {
    return Path.of(System.getProperty("vgw.home", ".")).toAbsolutePath().normalize();
  }

  /**
   * Reads everything.
   *
   * @param flags keys below {@code vgw}, such as {@code http.port}, with their values
   * @throws SettingsReader.SettingsException when there is no gateway.conf
   */
  public static Config load(
      Path folder, Map<String, String> environment, Map<String, String> flags) {
    Path file = folder.resolve("gateway.conf");
    if (!Files.isReadable(file)) {
      throw new SettingsReader.SettingsException(
          java.util.List.of("no readable gateway.conf in " + folder.toAbsolutePath()));
    }
    Config files = ConfigFactory.parseFile(file.toFile());
    Map<String, Object> overrides = new LinkedHashMap<>();
    for (var entry : files.getConfig("vgw").entrySet()) {
      String value = environment.get(variable(entry.getKey()));
      if (value != null) {
        overrides.put("vgw." + entry.getKey(), value);
      }
    }
    flags.forEach((key, value) -> overrides.put("vgw." + key, value));
    return ConfigFactory.load(ConfigFactory.parseMap(overrides, OVERRIDES).withFallback(files))
        // The launcher's own system properties are not settings.
        .withoutPath("vgw.home")
        .withoutPath("vgw.config");
  }

  /** Whether a flag or an environment variable, not a file, gives a key a value. */
  public static boolean isOverridden(Config config, String key) {
    String path = "vgw." + key;
    return config.getValue(path).origin().description().contains(OVERRIDES)
        && !config.getString(path).isBlank();
  }

  /** The environment variable of a key: {@code http.port} is {@code VGW_HTTP_PORT}. */
  public static String variable(String key) {
    return "VGW_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
