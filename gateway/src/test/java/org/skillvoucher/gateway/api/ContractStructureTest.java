package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.http.Code;
import org.yaml.snakeyaml.Yaml;

/**
 * The contract as a document: nothing in it that OpenAPI 3.1 does not know, such as the rest of a
 * description after an unquoted comma; an example of each request and answer, valid by its schema;
 * every code with its meaning.
 */
class ContractStructureTest {
  private static final String ADDRESS = "urn:skillvoucher:openapi";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Set<String> OPERATION =
      Set.of(
          "tags",
          "summary",
          "description",
          "operationId",
          "parameters",
          "requestBody",
          "responses",
          "security",
          "deprecated");
  private static final Set<String> PARAMETER =
      Set.of("name", "in", "description", "required", "schema", "example", "examples", "$ref");
  private static final Set<String> BODY = Set.of("description", "content", "required", "$ref");
  private static final Set<String> RESPONSE = Set.of("description", "headers", "content", "$ref");
  private static final Set<String> HEADER =
      Set.of("description", "required", "schema", "example", "$ref");
  private static final Set<String> MEDIA = Set.of("schema", "example", "examples");
  private static final Set<String> SCHEMA =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "description",
          "title",
          "format",
          "pattern",
          "default",
          "examples",
          "properties",
          "required",
          "additionalProperties",
          "patternProperties",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "multipleOf",
          "minProperties",
          "maxProperties",
          "propertyNames",
          "oneOf",
          "anyOf",
          "allOf",
          "not",
          "if",
          "then",
          "else");

  private final JsonNode contract =
      new ObjectMapper().valueToTree(new Yaml().<Object>load(Contract.text()));
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry -> registry.schemas(Map.of(ADDRESS, contract.toString())));

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void eachOperation(BiConsumer<String, JsonNode> work) {
    for (String part : List.of("paths", "webhooks")) {
      contract
          .get(part)
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          entry -> {
                            if (METHODS.contains(entry.getKey())) {
                              work.accept(entry.getKey() + " " + path.getKey(), entry.getValue());
                            }
                          }));
    }
  }

  @Test
  void nothingIsInItThatOpenApiDoesNotKnow() {
    List<String> stray = new ArrayList<>();
    eachOperation(
        (name, operation) -> {
          only(OPERATION, operation, name, stray);
          operation
              .path("parameters")
              .forEach(it -> only(PARAMETER, it, name + " parameter", stray));
          only(BODY, operation.path("requestBody"), name + " requestBody", stray);
          operation.path("responses").forEach(it -> response(it, name + " response", stray));
        });
    JsonNode components = contract.get("components");
    components.path("parameters").forEach(it -> only(PARAMETER, it, "parameters", stray));
    components.path("requestBodies").forEach(it -> only(BODY, it, "requestBodies", stray));
    components.path("responses").forEach(it -> response(it, "responses", stray));
    everySchema(contract, "", (place, schema) -> schema(place, schema, stray));
    components
        .get("schemas")
        .properties()
        .forEach(it -> schema("schemas/" + it.getKey(), it.getValue(), stray));
    assertEquals(List.of(), stray);
  }

  private static void only(Set<String> known, JsonNode node, String place, List<String> stray) {
    node.properties().stream()
        .filter(it -> !known.contains(it.getKey()) || it.getValue().isNull())
        .forEach(it -> stray.add(place + ": " + it.getKey()));
  }

  private static void response(JsonNode response, String place, List<String> stray) {
    only(RESPONSE, response, place, stray);
    response.path("headers").forEach(it -> only(HEADER, it, place + " header", stray));
    response.path("content").forEach(it -> only(MEDIA, it, place + " content", stray));
  }

  /** The members named {@code schema} anywhere but in examples. */
  private static void everySchema(JsonNode node, String place, BiConsumer<String, JsonNode> work) {
    node.properties()
        .forEach(
            it -> {
              String inner = place + "/" + it.getKey();
              if (it.getKey().equals("schema")) {
                work.accept(inner, it.getValue());
              } else if (!it.getKey().startsWith("example") && !it.getKey().equals("schemas")) {
                everySchema(it.getValue(), inner, work);
              }
            });
    if (node.isArray()) {
      node.forEach(it -> everySchema(it, place + "/*", work));
    }
  }

  private static void schema(String place, JsonNode schema, List<String> stray) {
    if (!schema.isObject()) {
      return;
    }
    only(SCHEMA, schema, place, stray);
    if (schema.path("maximum").asLong() > Integer.MAX_VALUE
        && !schema.path("format").asText().equals("int64")) {
      stray.add(place + ": generated clients would take it as 32 bits");
    }
    for (String map : List.of("properties", "patternProperties")) {
      schema
          .path(map)
          .properties()
          .forEach(it -> schema(place + "/" + it.getKey(), it.getValue(), stray));
    }
    for (String one :
        List.of("items", "additionalProperties", "propertyNames", "not", "if", "then", "else")) {
      schema(place + "/" + one, schema.path(one), stray);
    }
    for (String many : List.of("oneOf", "anyOf", "allOf", "prefixItems")) {
      schema.path(many).forEach(it -> schema(place + "/" + many, it, stray));
    }
  }

  @Test
  void everyOperationHasAValidExampleOfRequestAndAnswer() {
    List<String> faults = new ArrayList<>();
    eachOperation(
        (name, operation) -> {
          JsonNode body = resolved(operation.path("requestBody"));
          examples(name + " request", body.path("content"), faults);
          operation
              .get("responses")
              .properties()
              .forEach(
                  it -> {
                    if (it.getKey().startsWith("2")) {
                      examples(
                          name + " " + it.getKey(),
                          resolved(it.getValue()).path("content"),
                          faults);
                    }
                  });
        });
    assertEquals(List.of(), faults);
  }

  private void examples(String place, JsonNode content, List<String> faults) {
    content
        .properties()
        .forEach(
            media -> {
              JsonNode schema = media.getValue().get("schema");
              if (schema.path("format").asText().equals("binary")) {
                return;
              }
              Optional<JsonNode> example =
                  Optional.ofNullable(media.getValue().get("example"))
                      .or(() -> Optional.ofNullable(resolved(schema).at("/examples/0")))
                      .filter(it -> !it.isMissingNode());
              if (example.isEmpty()) {
                faults.add(place + " " + media.getKey() + ": no example");
              } else {
                validator(schema)
                    .validate(example.get())
                    .forEach(error -> faults.add(place + " " + media.getKey() + ": " + error));
              }
            });
  }

  /** Of a schema whose references point into the contract. */
  private Schema validator(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.findParents("$ref").stream()
        .map(ObjectNode.class::cast)
        .filter(it -> it.get("$ref").asText().startsWith("#"))
        .forEach(it -> it.put("$ref", ADDRESS + it.get("$ref").asText()));
    return schemas.getSchema(SchemaLocation.of("urn:skillvoucher:example"), whole);
  }

  @Test
  void everyExampleOfASchemaIsValid() {
    List<String> faults = new ArrayList<>();
    contract
        .at("/components/schemas")
        .properties()
        .forEach(
            it -> {
              Schema schema =
                  schemas.getSchema(
                      SchemaLocation.of(ADDRESS + "#/components/schemas/" + it.getKey()));
              it.getValue()
                  .path("examples")
                  .forEach(
                      example ->
                          schema
                              .validate(example)
                              .forEach(error -> faults.add(it.getKey() + ": " + error)));
            });
    assertEquals(List.of(), faults);
  }

  @Test
  void everyCodeIsListedWithItsStatusAndItsMeaning() {
    JsonNode code = contract.at("/components/schemas/Problem/properties/code");
    Set<String> known = new TreeSet<>();
    code.get("enum").forEach(it -> known.add(it.asText()));
    List<String> lines = code.get("description").asText().lines().toList();
    List<Code> listed =
        Arrays.stream(Code.values()).filter(it -> it != Code.CLOCK_FORWARD_ONLY).toList();
    List<String> missing =
        listed.stream().map(ContractStructureTest::line).filter(it -> !lines.contains(it)).toList();
    assertEquals("", String.join("\n", missing), "lines to add to the description of code");
    Set<String> ofItems = Set.of("never", "try_later");
    assertEquals(
        listed.stream()
            .map(Code::word)
            .filter(it -> !ofItems.contains(it))
            .collect(Collectors.toCollection(TreeSet::new)),
        known);
    assertTrue(lines.stream().filter(it -> it.startsWith("* ")).count() == listed.size());
  }

  private static String line(Code code) {
    return "* `%s` (%d): %s.".formatted(code.word(), code.status(), code.title().en());
  }
}
