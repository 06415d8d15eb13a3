package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What differs from run to run, numbered by first appearance, so that the same value has the same
 * name wherever it stands: receipts and time beacons, because SM2 signs with a random number; the
 * random part of receipt ids and what follows from them; times of the database's own clock.
 */
final class RecordedPlaceholders {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Format, suite, key id and signature stand before the payload. */
  private static final int PAYLOAD_AT = 74;

  private static final int UNSIGNED = 10;

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Predicate<String> isKept;

  /**
   * None so far.
   *
   * @param isKept what has the same bytes in each run, such as a receipt of recorded data
   */
  RecordedPlaceholders(Predicate<String> isKept) {
    this.isKept = isKept;
  }

  /**
   * Looks for what varies in the JSON of an answer.
   *
   * @return lines that show what is inside receipts which appear for the first time
   */
  List<String> learn(String path, JsonNode answer) {
    List<String> shown = new ArrayList<>();
    answer
        .propertyStream()
        .forEach(
            member -> {
              String text = member.getValue().asText();
              switch (member.getKey()) {
                case "receipt", "record" -> shown.addAll(signed("receipt", text));
                case "beacon" -> shown.addAll(signed("beacon", text));
                case "contentHash" -> name("content-hash", text);
                case "writtenAt" -> {
                  if (!isKept.test(millis(text))) {
                    names.put(text, "{written-at}");
                  }
                }
                case "nextCursor" -> {
                  if (path.startsWith("/v1/journal")) {
                    name("cursor", text);
                  }
                }
                default -> {}
              }
            });
    answer.elements().forEachRemaining(inner -> shown.addAll(learn(path, inner)));
    return shown;
  }

  /** As the journal has it. */
  private static String millis(String time) {
    return Long.toString(OffsetDateTime.parse(time).toInstant().toEpochMilli());
  }

  private void name(String kind, String value) {
    if (!names.containsKey(value) && !isKept.test(value)) {
      names.put(value, "{" + kind + "-" + counts.merge(kind, 1, Integer::sum) + "}");
    }
  }

  private List<String> signed(String kind, String record) {
    if (names.containsKey(record) || isKept.test(record) || record.length() < PAYLOAD_AT) {
      return List.of();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(record);
    byte[] payload = Arrays.copyOfRange(bytes, PAYLOAD_AT, bytes.length);
    name(kind, record);
    if (kind.equals("receipt")) {
      JsonNode members = read(payload);
      name("receipt-id", members.path("id").asText());
      name("subject", members.path("sub").asText());
      name("receipt-hash", RecordedNode.base64url(RecordedNode.sm3(payload)));
    }
    return List.of(
        "<"
            + names.get(record)
            + " "
            + HexFormat.of().formatHex(bytes, 0, UNSIGNED)
            + " "
            + new String(payload, UTF_8));
  }

  private static JsonNode read(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException e) {
      throw new AssertionError("a receipt's payload is not JSON", e);
    }
  }

  /** The text with placeholders. */
  String hide(String text) {
    String hidden = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      hidden = hidden.replace(name.getKey(), name.getValue());
    }
    return hidden;
  }

  /** The text with what this run has instead of placeholders. */
  String fill(String text) {
    String filled = text;
    if (text.contains("{")) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        filled = filled.replace(name.getValue(), name.getKey());
      }
    }
    return filled;
  }
}
