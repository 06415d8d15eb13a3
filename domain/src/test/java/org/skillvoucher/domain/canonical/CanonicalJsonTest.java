package org.skillvoucher.domain.canonical;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {
  @Property(tries = 100)
  void whatIsWrittenReadsBackTheSame(@ForAll("objects") Map<String, Object> object) {
    assertEquals(object, CanonicalJson.parse(CanonicalJson.bytes(object)));
  }

  @Property(tries = 100)
  void writingWhatWasReadGivesTheSameBytes(@ForAll("objects") Map<String, Object> object) {
    String text = CanonicalJson.write(object);
    assertEquals(text, CanonicalJson.write(CanonicalJson.parse(text.getBytes(UTF_8))));
  }

  @Property(tries = 100)
  void whateverBytesComeTheyAreReadOrRefused(@ForAll byte[] bytes) {
    readOrRefused(bytes);
  }

  @Property(tries = 100)
  void oneAlteredByteIsReadOrRefused(
      @ForAll("objects") Map<String, Object> object, @ForAll int where, @ForAll byte what) {
    byte[] bytes = CanonicalJson.bytes(object);
    bytes[Math.floorMod(where, bytes.length)] = what;
    readOrRefused(bytes);
  }

  private static void readOrRefused(byte[] bytes) {
    Map<String, Object> read;
    try {
      read = CanonicalJson.parse(bytes);
    } catch (NotCanonicalException refused) {
      return;
    }
    // Whatever the parser lets through has a canonical form which it reads the same way.
    assertEquals(read, CanonicalJson.parse(CanonicalJson.bytes(read)));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return objectsOfDepth(3);
  }

  private static Arbitrary<Map<String, Object>> objectsOfDepth(int depth) {
    return Arbitraries.maps(strings(), valuesOfDepth(depth)).ofMaxSize(6);
  }

  private static Arbitrary<Object> valuesOfDepth(int depth) {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            strings().asGeneric(),
            Arbitraries.longs()
                .between(-CanonicalJson.INTEGER_MAX, CanonicalJson.INTEGER_MAX)
                .asGeneric(),
            Arbitraries.of(true, false).asGeneric());
    if (depth == 0) {
      return simple;
    }
    return Arbitraries.oneOf(
        simple,
        valuesOfDepth(depth - 1).list().ofMaxSize(4).asGeneric(),
        objectsOfDepth(depth - 1).asGeneric());
  }

  private static Arbitrary<String> strings() {
    Arbitrary<Integer> points =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7f),
            Arbitraries.integers().between(0x80, 0xd7ff),
            Arbitraries.integers().between(0xe000, 0x10ffff));
    return points
        .list()
        .ofMaxSize(12)
        .map(
            list -> {
              StringBuilder out = new StringBuilder();
              list.forEach(out::appendCodePoint);
              return out.toString();
            });
  }

  @Test
  void keysAreSortedByUtf16CodeUnits() {
    // RFC 8785, 3.2.3: a surrogate pair sorts before U+FB33, though its code point is larger.
    Map<String, Object> object =
        Map.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "ö", 7);
    assertEquals(
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}",
        CanonicalJson.write(object));
  }

  @Test
  void stringsAreEscapedAsTheStandardSays() {
    // The string of RFC 8785, 3.2.2.2.
    assertEquals(
        "{\"s\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\u007f\"}",
        CanonicalJson.write(Map.of("s", "€$\u000f\nA'B\"\\\\\"/\b\t\f\u007f")));
  }

  @Test
  void integersUpTo2To53AreWrittenAndNoneBeyond() {
    assertEquals(
        "{\"a\":-9007199254740991,\"b\":9007199254740991,\"c\":0}",
        CanonicalJson.write(Map.of("a", -((1L << 53) - 1), "b", (1L << 53) - 1, "c", 0)));
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Map.of("a", 1L << 53)));
    assertThrows(
        IllegalArgumentException.class, () -> CanonicalJson.write(Map.of("a", Long.MIN_VALUE)));
  }

  @Test
  void onlyTheNamedTypesAreWritten() {
    for (Object odd : List.of(1.5, 1f, 'c', (short) 1, new Object(), Map.of(1, "x"))) {
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Map.of("a", odd)));
    }
  }

  @Test
  void halfOfASurrogatePairIsNotWritten() {
    for (String odd :
        List.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Map.of("a", odd)));
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Map.of(odd, "a")));
    }
  }

  @Test
  void eightLevelsAreTheMost() {
    assertTrue(CanonicalJson.write(nested(8)).startsWith("{\"a\":[[[[[[["));
    assertEquals(nested(8), CanonicalJson.parse(CanonicalJson.bytes(nested(8))));
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(nested(9)));
    byte[] text = ("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}").getBytes(UTF_8);
    assertThrows(NotCanonicalException.class, () -> CanonicalJson.parse(text));
  }

  private static Map<String, Object> nested(int levels) {
    List<Object> inner = new ArrayList<>();
    for (int i = 2; i < levels; i++) {
      inner = new ArrayList<>(List.of(inner));
    }
    return Map.of("a", inner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"a\"",
        "true",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{a:1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"a\":null}",
        "{\"a\":1.0}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e1}",
        "{\"a\":1E1}",
        "{\"a\":9007199254740992}",
        "{\"a\":01}",
        "{\"a\":99999999999999999999999999999}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u\uff11\uff11\uff11\uff11\"}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ude00\"}",
        "{\"a\":\"\\",
        "{}{}",
        "{} x",
        "\ufeff{}",
        "{\"a\":'b'}",
        "//\n{}"
      })
  void refusedText(String text) {
    assertThrows(NotCanonicalException.class, () -> CanonicalJson.parse(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ff", "\u00e4\u00b8"})
  void badUtf8IsRefused(String octets) {
    byte[] bytes = ("{\"a\":\"" + octets + "\"}").getBytes(ISO_8859_1);
    assertThrows(NotCanonicalException.class, () -> CanonicalJson.parse(bytes));
  }

  @Test
  void spaceAndNeedlessEscapesAreReadAndDoNotSurviveWriting() {
    byte[] text =
        " { \"b\" : [ 1 , true ] ,\n\"a\":\"\\u0061\\/\\ud83d\\ude00\" } ".getBytes(UTF_8);
    Map<String, Object> read = CanonicalJson.parse(text);
    assertEquals(Map.of("a", "a/\ud83d\ude00", "b", List.of(1L, true)), read);
    assertEquals("{\"a\":\"a/\ud83d\ude00\",\"b\":[1,true]}", CanonicalJson.write(read));
  }

  @Test
  void minusZeroIsReadAsZero() {
    Map<String, Object> read = CanonicalJson.parse("{\"a\":-0}".getBytes(UTF_8));
    assertEquals("{\"a\":0}", CanonicalJson.write(read));
  }

  @Test
  void aRefusalSaysWhereAndRepeatsNothing() {
    NotCanonicalException refused =
        assertThrows(
            NotCanonicalException.class,
            () -> CanonicalJson.parse("{\"name\":\"secret\",\"x\":1.5}".getBytes(UTF_8)));
    assertEquals("a fraction or exponent at character 22", refused.getMessage());
  }
}
