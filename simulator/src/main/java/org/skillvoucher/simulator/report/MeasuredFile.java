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

/** A result as JSON: written for people and programs, and read to be added to others. */
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

  /** No result of a run. */
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  /** The result, and the verdict on it. */
  public static ObjectNode json(Measured measured) {
    ObjectNode json = MAPPER.createObjectNode().put(FORMAT, FORMAT_NOW);
    ObjectNode verdict = json.putObject(VERDICT);
    verdict.put("outcome", measured.outcome().name().toLowerCase(Locale.ROOT));
    verdict.put("exitCode", measured.outcome().exitCode());
    verdict.set("thresholds", MAPPER.valueToTree(measured.judgements()));
    Goodput.of(measured)
        .ifPresent(
            goodput -> {
              verdict.set("goodput", MAPPER.valueToTree(goodput));
              verdict.set("comeAgain", MAPPER.valueToTree(ComeAgain.of(measured.scans())));
            });
    json.setAll(MAPPER.<ObjectNode>valueToTree(measured));
    return json;
  }

  public static void write(Measured measured, Path file) throws IOException {
    Files.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(measured)));
  }

  /**
   * Reads what {@link #write} wrote. The verdict is found anew and not read.
   *
   * @throws Unreadable when it is something else
   */
  public static Measured read(Path file) throws IOException, Unreadable {
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      if (!(json instanceof ObjectNode object)
          || !object.path(FORMAT).asText().equals(FORMAT_NOW)) {
        throw new Unreadable(file + " is no result of a run (" + FORMAT_NOW + ")");
      }
      object.remove(FORMAT);
      object.remove(VERDICT);
      return MAPPER.treeToValue(object, Measured.class);
    } catch (NoSuchFileException e) {
      throw new Unreadable("there is no " + file);
    } catch (JsonProcessingException e) {
      throw new Unreadable(
          file
              + " is no result of a run: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }
}
