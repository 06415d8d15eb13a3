package org.skillvoucher.simulator.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a history line by line, in constant memory. */
public final class HistoryReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private HistoryReader() {}

  /**
   * Passes each entry in the order of the file.
   *
   * @throws HistoryInvalid for an invalid line, also for a truncated last one
   */
  public static void read(Path file, Consumer<HistoryEntry> each) throws IOException {
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
        number++;
        each.accept(entry(line.get(), file + ":" + number));
      }
    } catch (CharacterCodingException e) {
      throw new HistoryInvalid(file + ":" + (number + 1) + ": not UTF-8");
    }
  }

  private static Optional<String> next(BufferedReader lines) throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  private static HistoryEntry entry(String line, String where) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      Draft draft = new Draft();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new HistoryInvalid(where + ": not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (!draft.take(name, json)) {
          throw new HistoryInvalid(where + ": " + name + " is unknown or of a wrong type");
        }
      }
      if (json.nextToken() != null) {
        throw new HistoryInvalid(where + ": more than one object");
      }
      return draft
          .entry()
          .orElseThrow(() -> new HistoryInvalid(where + ": i, t, type, idem or entity is missing"));
    } catch (JsonProcessingException e) {
      throw new HistoryInvalid(where + ": not JSON");
    }
  }

  private static final class Draft {
    private int client = -1;
    private long micros = -1;
    private Optional<HistoryEntry.Type> type = Optional.empty();
    private String idem = "";
    private String entity = "";
    private String device = "";
    private long counter;
    private int http;
    private String receiptSha = "";
    private String receipt = "";

    private boolean take(String name, JsonParser json) throws IOException {
      return switch (name) {
        case "i", "t", "ctr", "http" ->
            json.currentToken() == JsonToken.VALUE_NUMBER_INT && number(name, json);
        case "type", "idem", "entity", "dev", "receiptSha", "receiptB64" ->
            json.currentToken() == JsonToken.VALUE_STRING && text(name, json.getText());
        default -> false;
      };
    }

    private boolean number(String name, JsonParser json) throws IOException {
      switch (name) {
        case "i" -> client = json.getIntValue();
        case "t" -> micros = json.getLongValue();
        case "ctr" -> counter = json.getLongValue();
        default -> http = json.getIntValue();
      }
      return true;
    }

    private boolean text(String name, String value) {
      switch (name) {
        case "type" -> type = typeOf(value);
        case "idem" -> idem = value;
        case "entity" -> entity = value;
        case "dev" -> device = value;
        case "receiptSha" -> receiptSha = value;
        default -> receipt = value;
      }
      return true;
    }

    private static Optional<HistoryEntry.Type> typeOf(String code) {
      for (HistoryEntry.Type type : HistoryEntry.Type.values()) {
        if (type.code().equals(code)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }

    private Optional<HistoryEntry> entry() {
      if (client < 0 || micros < 0 || idem.isEmpty() || entity.isEmpty()) {
        return Optional.empty();
      }
      return type.map(
          known ->
              new HistoryEntry(
                  client, micros, known, idem, entity, device, counter, http, receiptSha, receipt));
    }
  }
}
