package org.skillvoucher.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "雷?丽,U+003F",
    "？丽,U+FF1F",
    "王\ufffd明,U+FFFD",
    "王\ue000明,U+E000",
    "王\uf8ff明,U+F8FF",
    "王\udb80\udc00明,U+F0000",
    "王\u0378明,U+0378",
    "王\uffff明,U+FFFF",
    "&#x4DAE;雨,U+0026",
    "&amp;,U+0026",
    "张*,U+002A",
    "张□三,U+25A1",
    "张\u202e三,U+202E",
    "\u200b,U+200B",
    "\u200b\ufeff,U+200B",
    "\u202a\u202c,U+202A",
    "\u3164,U+3164",
    "\u2800,U+2800",
    "张三;李四,U+003B",
    "张三、李四,U+3001"
  })
  void aCharacterThatShowsTheNameWasLostIsNamed(String text, String character) {
    var refused = assertInstanceOf(Parsed.Invalid.class, PersonName.parse(text));
    assertEquals("name_invalid", refused.code());
    assertTrue(refused.reason().startsWith(character + " "), refused.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "990101199003150015", "-", "·", "()"})
  void whatHasNoLetterIsNoName(String text) {
    assertEquals("name_invalid", code(text));
  }

  @ParameterizedTest
  @CsvSource({
    "\ue863雨,䶮雨",
    "\ue81e,龴",
    "\ue815,⺁",
    "\ue816,𠂇",
    "\ue864,龻",
    "\ue7c7,ḿ",
    "阿卜杜拉\u2022买买提,阿卜杜拉·买买提",
    "阿卜杜拉\u2027买买提,阿卜杜拉·买买提",
    "阿卜杜拉\u30fb买买提,阿卜杜拉·买买提",
    "阿卜杜拉\uff0e买买提,阿卜杜拉·买买提",
    "阿卜杜拉\uff65买买提,阿卜杜拉·买买提",
    "阿卜杜拉.买买提,阿卜杜拉·买买提",
    "J. Smith,J. Smith",
    "王\u200b小明,王小明",
    "\u202a王小明\u202c,王小明",
    "\ufeff 王小明,王小明",
    "张　三,张三",
    "张  三,张三",
    "ＳＭＩＴＨ\u00a0 JOHN,SMITH JOHN",
    "葛\udb40\udd00,葛"
  })
  void spellingsOfOneNameBecomeOne(String text, String name) {
    assertEquals(Parsed.valid(new PersonName(name)), PersonName.parse(text));
  }

  @Test
  void aNameOnACardIsTakenAsItsIssuerWroteIt() {
    assertEquals(Parsed.valid(new PersonName("雷?丽")), PersonName.onCard(" 雷?丽 "));
    assertInstanceOf(Parsed.Invalid.class, PersonName.onCard("张\u202e三"));
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
