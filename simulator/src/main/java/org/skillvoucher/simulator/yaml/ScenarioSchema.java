package org.skillvoucher.simulator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The JSON Schema of scenario files ({@code scenario.schema.json}): what they may contain, within
 * which bounds, and the defaults of what they leave out.
 */
final class ScenarioSchema {
  private static final JsonNode DOCUMENT = document();
  private static final Schema SCHEMA =
      SchemaRegistry.withDialect(
              Dialect.builder(Dialects.getDraft202012())
                  .keyword(DurationLimit.AT_LEAST)
                  .keyword(DurationLimit.AT_MOST)
                  .build())
          .getSchema(DOCUMENT);

  private ScenarioSchema() {}

  /**
   * One violation.
   *
   * @param pointer of the value, or of the key that is missing or unknown
   */
  record Violation(String pointer, String message) {}

  private static JsonNode document() {
    try (InputStream in = ScenarioSchema.class.getResourceAsStream("scenario.schema.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, "scenario.schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the defaults to the scenario and returns all violations. */
  static List<Violation> complete(JsonNode scenario) {
    return SCHEMA
        .walk(
            scenario,
            true,
            execution ->
                execution.walkConfig(
                    walk ->
                        walk.applyDefaultsStrategy(
                            defaults -> defaults.applyPropertyDefaults(true))))
        .getErrors()
        .stream()
        .map(error -> violation(error, scenario))
        .distinct()
        .toList();
  }

  private static Violation violation(Error error, JsonNode scenario) {
    String at = error.getInstanceLocation().toString();
    JsonNode schema = schema(error.getEvaluationPath());
    return switch (error.getKeyword()) {
      case "required" -> new Violation(at + "/" + error.getProperty(), "is missing");
      case "additionalProperties" ->
          new Violation(
              at + "/" + error.getProperty(),
              "is unknown here; known are " + names(schema.path("properties")));
      default -> {
        JsonNode value = scenario.at(at);
        String actual = value.isNull() ? "empty" : value.asText();
        yield new Violation(
            at, "must be " + accepted(schema) + (value.isValueNode() ? ", and is " + actual : ""));
      }
    };
  }

  /**
   * The schema that has the violated keyword, with the members beside references to and from it.
   */
  private static JsonNode schema(NodePath evaluationPath) {
    ObjectNode beside = JsonNodeFactory.instance.objectNode();
    JsonNode schema = DOCUMENT;
    for (int i = 0; i < evaluationPath.getNameCount() - 1; i++) {
      if (evaluationPath.getName(i).equals("$ref")) {
        beside.setAll((ObjectNode) schema);
        schema = target(schema);
      } else {
        beside.removeAll();
        Object element = evaluationPath.getElement(i);
        schema = element instanceof Integer index ? schema.path(index) : schema.path(element + "");
      }
    }
    beside.setAll((ObjectNode) schema);
    return schema.has("$ref") ? beside.setAll((ObjectNode) target(schema)) : beside;
  }

  private static JsonNode target(JsonNode reference) {
    return DOCUMENT.at(reference.path("$ref").textValue().substring(1));
  }

  private static String names(JsonNode properties) {
    return properties
        .propertyStream()
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String accepted(JsonNode schema) {
    String words = schema.path("description").asText();
    if (schema.has("atLeast")) {
      return words + range(schema.path("atLeast"), schema.path("atMost"));
    }
    if (!words.isEmpty()) {
      return words;
    }
    return schema.has("minimum")
        ? kind(schema) + range(schema.path("minimum"), schema.path("maximum"))
        : kind(schema);
  }

  private static String range(JsonNode from, JsonNode to) {
    return " from " + from.asText() + " to " + to.asText();
  }

  private static String kind(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "array" -> schema.has("minItems") ? "a list of at least one" : "a list";
      case "object" -> "a mapping";
      case "string" -> "a text";
      default ->
          schema
              .path("enum")
              .valueStream()
              .map(JsonNode::asText)
              .collect(Collectors.joining(", ", "one of ", ""));
    };
  }
}
