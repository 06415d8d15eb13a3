package org.skillvoucher.simulator.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows on which line it began. */
sealed interface YamlNode {
  int line();

  /** A single value, as it is written. */
  record Single(String text, int line) implements YamlNode {}

  record Several(List<YamlNode> nodes, int line) implements YamlNode {}

  record Members(Map<String, YamlNode> members, int line) implements YamlNode {}

  /**
   * Reads a whole file.
   *
   * @throws Malformed when it is no YAML, or has a member twice
   */
  static YamlNode read(String text) {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      return parser.nextToken() == null ? new Single("", 1) : node(parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new Malformed(line, "is no YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No YAML at all. */
  final class Malformed extends RuntimeException {
    private final int line;

    Malformed(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static YamlNode node(JsonParser parser) throws IOException {
    return node(parser, parser.currentTokenLocation().getLineNr());
  }

  private static YamlNode node(JsonParser parser, int line) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return members(parser, line);
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> nodes = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        nodes.add(node(parser));
      }
      return new Several(nodes, line);
    }
    return new Single(parser.getText() == null ? "" : parser.getText(), line);
  }

  private static YamlNode members(JsonParser parser, int line) throws IOException {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int at = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      // A block begins on the line of its name, not on that of its first member.
      if (members.put(name, node(parser, at)) != null) {
        throw new Malformed(at, "has " + name + " twice");
      }
    }
    return new Members(members, line);
  }
}
