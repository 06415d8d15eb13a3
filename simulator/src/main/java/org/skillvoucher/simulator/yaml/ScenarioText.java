package org.skillvoucher.simulator.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario file that conforms to {@link ScenarioSchema}, with the schema's defaults for what it
 * leaves out.
 */
public final class ScenarioText {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
          .build();

  private final String file;
  private final JsonNode root;
  private final Map<String, Integer> lines;
  private final List<Fault> faults = new ArrayList<>();

  /** What is wrong on one line. */
  private record Fault(int line, String text) {}

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return DurationText.parse(parser.getText()).orElseThrow();
    }
  }

  private ScenarioText(String file, JsonNode root, Map<String, Integer> lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  public static ScenarioText read(Path file) throws IOException, ScenarioInvalid {
    return read(file.toString(), Files.readString(file, UTF_8));
  }

  /**
   * As {@link #read(Path)}, of a text.
   *
   * @param file the name that faults begin with
   * @throws ScenarioInvalid with everything in which the text departs from the schema
   */
  public static ScenarioText read(String file, String text) throws ScenarioInvalid {
    try {
      ScenarioText read = new ScenarioText(file, MAPPER.readTree(text), lines(text));
      ScenarioSchema.complete(read.root)
          .forEach(violation -> read.fault(violation.pointer(), violation.message()));
      read.end();
      return read;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new ScenarioInvalid(List.of(file + ":" + line + ": is not valid YAML: " + reason));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line of each key and list item, by JSON Pointer; that of a block is its key's. */
  private static Map<String, Integer> lines(String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
    }
    return lines;
  }

  /** Whether it describes a load, and not a schedule whose outcome is known. */
  public boolean isLoad() {
    return root.has("load");
  }

  /** The whole as a record with the same members. */
  public <T> T as(Class<T> type) {
    try {
      return MAPPER.treeToValue(root, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema admits what " + type + " does not", e);
    }
  }

  /**
   * Reports what a schema cannot express.
   *
   * @param pointer a JSON Pointer; where nothing is there, the line is that of the nearest parent
   */
  public void fault(String pointer, String message) {
    String at = pointer;
    while (!at.isEmpty() && !lines.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    int line = lines.getOrDefault(at, 1);
    String path = path(pointer);
    faults.add(
        new Fault(line, file + ":" + line + ": " + (path.isEmpty() ? "" : path + " ") + message));
  }

  /** {@code load.arrivals[0].rate} of {@code /load/arrivals/0/rate}. */
  private static String path(String pointer) {
    return pointer
        .replaceAll("/(\\d+)(?=/|$)", "[$1]")
        .replaceFirst("^/", "")
        .replace('/', '.')
        .replace("~1", "/")
        .replace("~0", "~");
  }

  /**
   * To be called after all checks.
   *
   * @throws ScenarioInvalid with all faults reported so far, in the order of their lines
   */
  public void end() throws ScenarioInvalid {
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line));
      throw new ScenarioInvalid(faults.stream().map(Fault::text).toList());
    }
  }
}
