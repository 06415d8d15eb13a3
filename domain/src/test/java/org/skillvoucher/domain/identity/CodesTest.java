package org.skillvoucher.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and ids whose form is their only rule; {@link CitizenIdTest} tests the one with more. */
final class CodesTest {
  private static final String CARD = "990100D1560000050000000000000001";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91990101MA00XY018Y",
        "52990101MA00XY0180",
        "12990101MA00XY0184",
        "91350100M000100Y43"
      })
  void aCreditCodeThatKeepsTheStandardIsRead(String text) {
    assertEquals(Parsed.valid(new CreditCode(text)), CreditCode.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {" 52990101ma00xy0180 ", "５２９９０１０１ＭＡ００ＸＹ０１８０"})
  void aCreditCodeTypedOtherwiseIsPutRight(String text) {
    assertEquals(Parsed.valid(new CreditCode("52990101MA00XY0180")), CreditCode.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "91350100M000100Y4Z,credit_code_characters",
    "91990101MI00XY018Y,credit_code_characters",
    "91990101MA00XY018,credit_code_length",
    "91990101MA00XY018YY,credit_code_length",
    "'',credit_code_length",
    "529901O1MA00XY0180,credit_code_characters",
  })
  void aWrongCreditCodeIsRefusedWithTheCodeOfItsFaultAndCannotBeHeld(String text, String code) {
    assertEquals(code, invalid(CreditCode.parse(text)).code());
    assertThrows(IllegalArgumentException.class, () -> new CreditCode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5299010AMA00XY0180", "52HN0101MA00XY0180"})
  void aNewCreditCodeHasARegionOfDigitsAndAStoredOneIsHeld(String text) {
    assertEquals("credit_code_region", invalid(CreditCode.parse(text)).code());
    assertEquals("credit_code_region", invalid(CreditCode.parseIssued(text)).code());
    assertEquals(text, new CreditCode(text).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"91350100M000100Y44", "92990101MA00XY018Y", "91990101MA00YX018Y"})
  void aCreditCodeWhoseCheckCharacterDoesNotFitIsReadAsIssuedOnly(String text) {
    assertEquals("credit_code_check", invalid(CreditCode.parse(text)).code());
    assertEquals(Parsed.valid(new CreditCode(text)), CreditCode.parseIssued(text));
    assertFalse(new CreditCode(text).hasFittingCheck());
  }

  @Test
  void aCreditCodeIsHeldInItsOneSpellingOnly() {
    assertThrows(IllegalArgumentException.class, () -> new CreditCode("52990101ma00xy0180"));
  }

  @Test
  void aCardIdentificationCodeIsReadAndNeverShown() {
    assertEquals(
        Parsed.valid(new CardIdentificationCode(CARD)), CardIdentificationCode.parse(CARD));
    assertFalse(new CardIdentificationCode(CARD).toString().contains("990100"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "990100D156000005000000000000000",
        "990100D15600000500000000000000011",
        "990100D156000004000000000000000A",
        "990100D156000005000000000000000a",
        "990100D156000005000000000000000G",
        "99010XD1560000050000000000000001",
        "",
      })
  void anotherCardIdentificationCodeIsRefused(String text) {
    assertEquals("card_identification_code", invalid(CardIdentificationCode.parse(text)).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"370000", "371500", "421200", "990101"})
  void aRegionIsSixDigits(String text) {
    assertEquals(Parsed.valid(new RegionCode(text)), RegionCode.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "37000", "3700000", "070000", "37000A", "３７００００"})
  void anythingElseIsNoRegion(String text) {
    assertEquals("region", invalid(RegionCode.parse(text)).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4-10-01-05", "6-31-01-03"})
  void anOccupationIsReadAsTheClassificationWritesIt(String text) {
    assertEquals(Parsed.valid(new OccupationCode(text)), OccupationCode.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4100105", "4-10-1-05", "9-10-01-05", "4-10-01-05-01"})
  void anythingElseIsNoOccupation(String text) {
    assertEquals("occupation", invalid(OccupationCode.parse(text)).code());
  }

  @Test
  void anIdNeedsNoEscapingInAddresses() {
    for (String id : new String[] {"a", "C0", "2025.03_am-1", "x".repeat(64)}) {
      assertTrue(ClassId.parse(id).toOptional().isPresent(), id);
      assertTrue(VoucherId.parse(id).toOptional().isPresent(), id);
      assertTrue(LessonId.parse(id).toOptional().isPresent(), id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "a/b", "a|b", "a b", "课", "a\n"})
  void anIdThatWouldNeedEscapingIsRefused(String id) {
    assertEquals("class_id", invalid(ClassId.parse(id)).code());
    assertEquals("voucher_id", invalid(VoucherId.parse(id)).code());
    assertEquals("lesson_id", invalid(LessonId.parse(id)).code());
  }

  @Test
  void anIdOf65CharactersIsRefused() {
    assertEquals("class_id", invalid(ClassId.parse("x".repeat(65))).code());
  }

  @Test
  void aPseudonymIs43CharactersOfBase64url() {
    String right = "A-_9" + "a".repeat(39);

    assertEquals(Parsed.valid(new PersonPseudonym(right)), PersonPseudonym.parse(right));
    for (String wrong :
        new String[] {"", right + "a", right.substring(1), "+" + right.substring(1)}) {
      assertEquals("person", invalid(PersonPseudonym.parse(wrong)).code());
    }
  }

  @Test
  void codesAndIdsShowThemselvesAsTheirValue() {
    assertEquals("52990101MA00XY0180", new CreditCode("52990101MA00XY0180").toString());
    assertEquals("370000", new RegionCode("370000").toString());
    assertEquals("4-10-01-05", new OccupationCode("4-10-01-05").toString());
    assertEquals("C1/am", new ClassId("C1") + "/" + new LessonId("am"));
    assertEquals("V1", new VoucherId("V1").toString());
    assertEquals("a".repeat(43), new PersonPseudonym("a".repeat(43)).toString());
  }

  @Test
  void aRefusalCarriesTheConstructorsReason() {
    Function<String, Integer> picky =
        text -> {
          throw new IllegalArgumentException("never");
        };

    assertEquals(Parsed.invalid("odd", "never"), Parsed.trying("odd", "x", picky));
    assertTrue(Parsed.trying("odd", "x", picky).toOptional().isEmpty());
  }

  private static Parsed.Invalid<?> invalid(Parsed<?> parsed) {
    return assertInstanceOf(Parsed.Invalid.class, parsed);
  }
}
