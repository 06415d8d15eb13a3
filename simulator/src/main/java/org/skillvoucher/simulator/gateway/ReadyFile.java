package org.skillvoucher.simulator.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.skillvoucher.simulator.wire.Json;

/** The file that a gateway in dev mode writes once it is ready. Its tokens are never printed. */
public record ReadyFile(String api, String management, String data, Map<Role, String> tokens) {
  public static ReadyFile read(Path file) throws IOException {
    JsonNode root = Json.read(Files.readAllBytes(file));
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, Json.text(root.path("tokens"), role.code()));
    }
    return new ReadyFile(
        Json.text(root, "api"), Json.text(root, "management"), root.path("data").asText(), tokens);
  }

  @Override
  public String toString() {
    return "ReadyFile " + api;
  }
}
