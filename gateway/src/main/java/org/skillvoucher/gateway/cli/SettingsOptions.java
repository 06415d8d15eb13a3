package org.skillvoucher.gateway.cli;

import com.typesafe.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.gateway.Configuration;
import picocli.CommandLine.Option;

/** The flags of every command that reads settings. */
public final class SettingsOptions {
  @Option(names = "--port", description = "Port of the API; 0 takes a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--management-port",
      description = "Port of health and metrics; 0 takes a free one.")
  private @Nullable Integer managementPort;

  @Option(names = "--database-url", description = "jdbc:postgresql://host:5432/name")
  private @Nullable String databaseUrl;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key below vgw in config/gateway.conf, such as http.host=0.0.0.0.")
  private Map<String, String> others = new LinkedHashMap<>();

  /** The configuration with these flags, and some of the command's own, on top. */
  public Config load(Map<String, String> more) {
    Map<String, String> flags = new LinkedHashMap<>(others);
    Optional.ofNullable(port).ifPresent(value -> flags.put("http.port", value.toString()));
    Optional.ofNullable(managementPort)
        .ifPresent(value -> flags.put("management.port", value.toString()));
    Optional.ofNullable(databaseUrl).ifPresent(value -> flags.put("database.url", value));
    flags.putAll(more);
    return Configuration.load(Configuration.folder(), System.getenv(), flags);
  }

  public Config load() {
    return load(Map.of());
  }
}
