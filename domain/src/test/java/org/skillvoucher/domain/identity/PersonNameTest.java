package org.skillvoucher.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"李", "王小明", "𠮷野", "阿卜杜拉·买买提", "Mary Ann O'Neill"})
  void aNameOfAnyScriptIsRead(String text) {
    assertEquals(Parsed.valid(new PersonName(text)), PersonName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {" 王小明", "王小明\u3000", "\u00a0王小明\t", "\ufeff王小明"})
  void surroundingSpaceIsNoPartOfAName(String text) {
    assertEquals(Parsed.valid(new PersonName("王小明")), PersonName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000\u00a0"})
  void anEmptyNameIsMissing(String text) {
    assertEquals("name_missing", code(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "王\u0000明",
        "王\n明",
        "王\u007f明",
        "王\u0085明",
        "王\u2028明",
        "王\u2029明",
        "王\ud83d明",
        "王\ude00明",
        "\ude00\ud83d",
        "王\ufffd明",
        "王\u061c明",
        "王\u200e明",
        "王\u200f明",
        "王\u202a明",
        "王\u202e明",
        "王\u2066明",
        "王\u2069明"
      })
  void aCharacterNoNameCanHoldIsRefused(String text) {
    assertEquals("name_invalid", code(text));
    assertThrows(IllegalArgumentException.class, () -> new PersonName(text));
  }

  @Test
  void charactersAreCountedAndNotTheirHalves() {
    assertEquals(Parsed.valid(new PersonName("𠮷".repeat(64))), PersonName.parse("𠮷".repeat(64)));
    assertEquals("name_invalid", code("𠮷".repeat(65)));
    assertEquals("name_invalid", code("王".repeat(65)));
  }

  @Test
  void aNameIsHeldTrimmedOnlyAndNeverShown() {
    assertThrows(IllegalArgumentException.class, () -> new PersonName(" 王小明"));
    assertThrows(IllegalArgumentException.class, () -> new PersonName(""));
    assertEquals("PersonName", new PersonName("王小明").toString());
  }

  private static String code(String text) {
    return assertInstanceOf(Parsed.Invalid.class, PersonName.parse(text)).code();
  }
}
