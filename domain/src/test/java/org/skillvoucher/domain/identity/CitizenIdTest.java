package org.skillvoucher.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CitizenIdTest {
  private static final LocalDate TODAY = LocalDate.of(2025, 3, 3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "990101199003150015",
        "990101199003150023",
        "99010119900315004X",
        "990301199602290010"
      })
  void aValidNumberIsReadUnchanged(String text) {
    CitizenId id = valid(text);

    assertEquals(text, id.value());
    assertFalse(id.normalised());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99010119900315004x",
        "９９０１０１１９９００３１５００４Ｘ",
        "９９０１０１１９９００３１５００４ｘ",
        " 99010119900315004X",
        "99010119900315004X\t",
        "\u300099010119900315004X\u3000",
        "\u00a099010119900315004X",
        "\ufeff99010119900315004X",
        "'99010119900315004X",
        "’99010119900315004X",
        "＇99010119900315004x",
        "=\"99010119900315004X\"",
        " =\"99010119900315004X\" ",
        "“99010119900315004X”",
        "\"99010119900315004X\"",
        "\u200b99010119900315004X\u200b",
        "9901011990\u200b0315004X",
        "\u200e99010119900315004X\u200f",
        "\u202a99010119900315004X\u202c",
        "\u202d99010119900315004X\u202e",
        "\u206099010119900315004X\u2060",
        "\u00a0'\u202a99010119900315004X\u202c\u00a0",
      })
  void aNumberTypedOtherwiseIsPutRightAndSaysSo(String text) {
    CitizenId id = valid(text);

    assertEquals("99010119900315004X", id.value());
    assertTrue(id.normalised());
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "990102199003150015,id_check_digit",
        "990101190903150015,id_check_digit",
        "990101199003150016,id_check_digit",
        "99010119900315001X,id_check_digit",
        "990101199702290017,id_birth_date",
        "990101209912310019,id_birth_date",
        "990101199013150015,id_birth_date",
        "990101199004310015,id_birth_date",
        "990101187403150015,id_birth_date",
        "090101199003150015,id_region",
        "990000199003150015,id_region",
        "99010119900315001,id_length",
        "9901011990031500155,id_length",
        "99010190031500,id_length",
        "990101901315001,id_birth_date",
        "990000900315001,id_region",
        "99010190031500X,id_length",
        "'',id_length",
        "9901011990031500 5,id_characters",
        "99010119900315001A,id_characters",
        "9901011990031X0015,id_characters",
        "99010119900315001𠮷,id_characters",
        "٩٩٠١٠١١٩٩٠٠٣١٥٠٠١٥,id_characters",
      })
  void aWrongNumberIsRefusedWithTheCodeOfItsFault(String text, String code) {
    assertEquals(code, invalid(text).code());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "990101900315001,990101199003150015",
        "９９０１０１９００３１５００１,990101199003150015",
        "'990101900315001,990101199003150015",
        "990101900315004,99010119900315004X",
        "990301960229001,990301199602290010"
      })
  void anOldNumberOfFifteenDigitsBecomesTheOneThatReplacedIt(String text, String number) {
    assertEquals(number, valid(text).value());
    assertTrue(valid(text).normalised());
  }

  @Test
  void aCityWithoutCountiesIssuesNumbersToo() {
    assertEquals("id_check_digit", invalid("991900199003150015").code());
  }

  @Test
  void whoIsBornTodayHasANumberAndWhoIsBornTomorrowHasNone() {
    LocalDate birthday = LocalDate.of(1990, 3, 15);

    assertInstanceOf(Parsed.Valid.class, CitizenId.parse("990101199003150015", birthday));
    assertInstanceOf(
        Parsed.Invalid.class, CitizenId.parse("990101199003150015", birthday.minusDays(1)));
  }

  @Test
  void everyOtherCheckCharacterThanTheRightOneIsRefused() {
    for (char last : "012346789X".toCharArray()) {
      assertEquals("id_check_digit", invalid("99010119900315001" + last).code());
    }
  }

  @Test
  void everySwapOfUnequalNeighboursIsRefused() {
    String right = "990101199003150015";
    for (int i = 0; i + 1 < right.length(); i++) {
      if (right.charAt(i) != right.charAt(i + 1)) {
        String swapped =
            right.substring(0, i) + right.charAt(i + 1) + right.charAt(i) + right.substring(i + 2);
        assertInstanceOf(Parsed.Invalid.class, CitizenId.parse(swapped, TODAY), swapped);
      }
    }
  }

  @Test
  void neitherTheIdNorARefusalTellsTheNumber() {
    assertEquals("CitizenId", valid("990101199003150015").toString());
    assertFalse(invalid("990102199003150015").toString().contains("9901021"));
  }

  @Test
  void twoSpellingsOfANumberAreTheSameId() {
    assertEquals(valid("99010119900315004X"), valid("99010119900315004x"));
    assertEquals(valid("99010119900315004X").hashCode(), valid("99010119900315004x").hashCode());
    assertNotEquals(valid("990101199003150015"), valid("990101199003150023"));
  }

  private static CitizenId valid(String text) {
    return CitizenId.parse(text, TODAY).toOptional().orElseThrow();
  }

  private static Parsed.Invalid<?> invalid(String text) {
    return assertInstanceOf(Parsed.Invalid.class, CitizenId.parse(text, TODAY));
  }
}
