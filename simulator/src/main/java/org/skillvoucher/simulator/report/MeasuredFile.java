package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads and writes a result as JSON, the format of {@code --json}. */
public final class MeasuredFile {
  private static final String FORMAT = "format";
  private static final String FORMAT_NOW = "vgw-measured/1";
  private static final String VERDICT = "verdict";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private MeasuredFile() {}

  /** A file that is not a result. */
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  /** The result with its verdict. */
  public static ObjectNode json(Measured measured) {
    ObjectNode json = MAPPER.createObjectNode().put(FORMAT, FORMAT_NOW);
    ObjectNode verdict = json.putObject(VERDICT);
    verdict.put("outcome", measured.outcome().name().toLowerCase(Locale.ROOT));
    verdict.put("exitCode", measured.outcome().exitCode());
    verdict.set("thresholds", MAPPER.valueToTree(measured.thresholdResults()));
    Goodput.of(measured)
        .ifPresent(
            goodput -> {
              verdict.set("goodput", MAPPER.valueToTree(goodput));
              verdict.set("retryAfter", MAPPER.valueToTree(RetryAfterStats.of(measured.scans())));
            });
    json.setAll(MAPPER.<ObjectNode>valueToTree(measured));
    return json;
  }

  /** Any part of the page's data as JSON. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  public static void write(Measured measured, Path file) throws IOException {
    Files.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(measured)));
  }

  /**
   * Reads what {@link #write} wrote. The verdict in the file is ignored, because it is computed
   * from the rest.
   *
   * @throws Unreadable when it is not a result
   */
  public static Measured read(Path file) throws IOException, Unreadable {
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      if (!(json instanceof ObjectNode object)
          || !object.path(FORMAT).asText().equals(FORMAT_NOW)) {
        throw new Unreadable(file + " is not the result of a run (" + FORMAT_NOW + ")");
      }
      object.remove(FORMAT);
      object.remove(VERDICT);
      return MAPPER.treeToValue(object, Measured.class);
    } catch (NoSuchFileException e) {
      throw new Unreadable("there is no " + file);
    } catch (JsonProcessingException e) {
      throw new Unreadable(
          file
              + " is not the result of a run: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}
