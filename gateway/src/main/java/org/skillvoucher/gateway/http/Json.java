package org.skillvoucher.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON. Reading is strict: what two parsers could read differently is refused,
 * because receipts are issued on it.
 */
public final class Json {
  private static final int DEPTH_MAX = 8;
  private static final long INTEGER_MAX = (1L << 53) - 1;

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectMapper WRITER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  /**
   * Reads one object.
   *
   * @throws ProblemException as {@code malformed} for anything that is not exactly one JSON object
   *     (RFC 8259) in UTF-8 of at most eight levels, with distinct member names, whole characters,
   *     no NUL, no character that turns the reading direction, and numbers within 2^53 - 1
   */
  public static ObjectNode read(byte[] body) {
    if (body.length == 0) {
      throw malformed("The body is empty.", "请求体为空。");
    }
    JsonNode node = parse(decode(body));
    if (!(node instanceof ObjectNode object)) {
      throw malformed("The body is no JSON object.", "请求体不是 JSON 对象。");
    }
    check(object);
    return object;
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.", "请求体不是有效的 UTF-8。");
    }
  }

  private static JsonNode parse(String text) {
    if (text.startsWith("\uFEFF")) {
      throw malformed("The body begins with a byte order mark.", "请求体不应带有字节顺序标记。");
    }
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      String en = place == null ? "" : " (line %d)".formatted(place.getLineNr());
      String zh = place == null ? "" : "（第 %d 行）".formatted(place.getLineNr());
      throw malformed(
          "The body cannot be read without doubt as JSON" + en + ".",
          "请求体无法作为 JSON 明确解析" + zh + "。");
    }
  }

  private static void check(JsonNode node) {
    node.propertyStream()
        .forEach(
            member -> {
              checkText(member.getKey());
              check(member.getValue());
            });
    if (node.isArray()) {
      node.forEach(Json::check);
    } else if (node.isTextual()) {
      checkText(node.textValue());
    } else if (node.isNumber()) {
      checkNumber(node);
    }
  }

  private static void checkNumber(JsonNode node) {
    boolean within =
        node.isIntegralNumber()
            ? node.canConvertToLong() && isWithin(node.longValue())
            : Math.abs(node.doubleValue()) <= INTEGER_MAX;
    if (!within) {
      throw malformed("A number is over 2^53 - 1.", "数字超出 2^53 - 1。");
    }
  }

  private static boolean isWithin(long number) {
    return number >= -INTEGER_MAX && number <= INTEGER_MAX;
  }

  private static void checkText(String text) {
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (isForbidden(point)) {
        throw malformed(
            "A text holds NUL, half a character, or one that turns the reading direction.",
            "文本含有空字符、不完整字符或改变书写方向的控制字符。");
      }
    }
  }

  private static boolean isForbidden(int point) {
    // Nearly all text that is not Chinese; only NUL is forbidden there.
    if (point < 0x061C) {
      return point == 0;
    }
    return Character.getType(point) == Character.SURROGATE
        || point == 0x061C
        || (point >= 0x200E && point <= 0x200F)
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }

  /** The bytes of a reply; empty optionals are left out. */
  static byte[] write(Object reply) {
    try {
      return WRITER.writeValueAsBytes(reply);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reply cannot be written", e);
    }
  }

  /** Stored JSON, to be embedded in a reply unchanged. */
  public static JsonNode tree(String json) {
    try {
      return WRITER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }

  private static ProblemException malformed(String en, String zh) {
    return new ProblemException(Problem.malformed(new Text(en, zh)));
  }
}
