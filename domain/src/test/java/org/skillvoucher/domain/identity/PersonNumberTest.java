package org.skillvoucher.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonNumberTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  private static final List<Optional<IdType>> DECLARATIONS =
      Stream.concat(
              Stream.of(Optional.<IdType>empty()), Stream.of(IdType.values()).map(Optional::of))
          .toList();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "999840198506120017,FOREIGN_PERMANENT_RESIDENCE",
        "９９９８４０１９８５０６１２００１７,FOREIGN_PERMANENT_RESIDENCE",
        "'999840198506120017,FOREIGN_PERMANENT_RESIDENCE",
        "810000189001020015,RESIDENCE_PERMIT",
        "８１００００１８９００１０２００１５,RESIDENCE_PERMIT",
        "990101199003150015,CITIZEN_ID",
        "990104197211187694,CITIZEN_ID",
        "990101900315001,CITIZEN_ID"
      })
  void theFormOfANumberWithoutADeclarationIsItsType(String text, IdType type) {
    String repaired = text.startsWith("990104") ? withCheck("99010419721118769") : text;
    assertEquals(type, valid(Optional.empty(), repaired).type());
  }

  @ParameterizedTest
  @CsvSource({
    "999840198506120016,,id_check_digit",
    "999840198506120016,FOREIGN_PERMANENT_RESIDENCE,id_check_digit",
    "999840198502300017,FOREIGN_PERMANENT_RESIDENCE,id_birth_date",
    "99984019850612001,FOREIGN_PERMANENT_RESIDENCE,id_length",
    "999840198506120016,OTHER,id_check_digit",
    "810000189001020021,,id_check_digit",
    "810000189001020021,RESIDENCE_PERMIT,id_check_digit",
    "810000189001020021,OTHER,id_check_digit",
    "820000198013010015,RESIDENCE_PERMIT,id_birth_date",
    "810000189001,RESIDENCE_PERMIT,id_length",
    "810000189001,,id_length",
    "81000018900102001A,RESIDENCE_PERMIT,id_characters",
    "840000189001020013,RESIDENCE_PERMIT,id_type",
    "990101199003150015,RESIDENCE_PERMIT,id_type",
    "990101199003150015,FOREIGN_PERMANENT_RESIDENCE,id_type",
    "990101199003150015,OTHER,id_type",
    "990101900315001,OTHER,id_type",
    "E12345678,,id_length",
    "E12345678,CITIZEN_ID,id_length",
    "E 1,OTHER,id_characters"
  })
  void aNumberThatIsNotOfItsTypeIsRefused(String text, IdType declared, String code) {
    var refused =
        assertInstanceOf(
            Parsed.Invalid.class, PersonNumber.parse(Optional.ofNullable(declared), text, TODAY));
    assertEquals(code, refused.code());
    assertFalse(refused.reason().contains("1985"));
  }

  @Test
  void otherDocumentsAreStoredAsGiven() {
    assertEquals("E12345678", valid(Optional.of(IdType.OTHER), " ｅ12345678 ").value());
    assertEquals("H0123456(7)", valid(Optional.of(IdType.OTHER), "'H0123456（7）").value());
    var old = valid(Optional.of(IdType.FOREIGN_PERMANENT_RESIDENCE), "USA110085071201");
    assertEquals(IdType.OTHER, old.type());
  }

  @Test
  void aDeclarationDecidesOnlyWhereTheInventedProvinceLetsBothTypesFit() {
    assertEquals(
        IdType.CITIZEN_ID, valid(Optional.of(IdType.CITIZEN_ID), "999840198506120017").type());
    assertEquals(
        IdType.FOREIGN_PERMANENT_RESIDENCE,
        valid(Optional.of(IdType.CITIZEN_ID), withCheck("91184019850612001")).type());
    assertEquals(
        IdType.RESIDENCE_PERMIT,
        valid(Optional.of(IdType.CITIZEN_ID), "810000189001020015").type());
  }

  /** Whatever is declared, a number has one pseudonym's input, or is refused. */
  @Test
  void noNumberHasTwoPseudonyms() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      String number = anyNumber(random);
      Set<String> inputs = new HashSet<>();
      for (Optional<IdType> declared : DECLARATIONS) {
        for (String spelling : List.of(number, number.toLowerCase(Locale.ROOT), "'" + number)) {
          pseudonymInput(PersonNumber.parse(declared, spelling, TODAY)).ifPresent(inputs::add);
        }
      }
      pseudonymInput(PersonNumber.onCard(number, TODAY))
          .filter(input -> !inputs.isEmpty())
          .ifPresent(inputs::add);
      assertTrue(inputs.size() < 2, () -> "two people of one number: " + inputs);
    }
  }

  /** People known by these numbers before the types existed keep their pseudonyms. */
  @Test
  void thePseudonymIsTheOneFromBeforeTheTypesExisted() {
    for (String number : List.of("999840198506120017", withCheck("91184019850612001"))) {
      assertInstanceOf(Parsed.Valid.class, CitizenId.parse(number, TODAY));
      assertEquals(
          Optional.of("citizen_id " + number),
          pseudonymInput(PersonNumber.parse(Optional.empty(), number, TODAY)));
    }
    for (String number : List.of("810000189001020015", withCheck("83000019900315001"))) {
      assertInstanceOf(Parsed.Invalid.class, CitizenId.parse(number, TODAY));
      assertEquals(
          Optional.of("other " + number),
          pseudonymInput(PersonNumber.parse(Optional.empty(), number, TODAY)));
    }
  }

  private static String anyNumber(Random random) {
    String region =
        switch (random.nextInt(6)) {
          case 0 -> "99" + digits(random, 4);
          case 1 -> "9" + (11 + random.nextInt(55)) + digits(random, 3);
          case 2 -> "999" + List.of("840", "392", "826", "000", "101").get(random.nextInt(5));
          case 3 -> "8" + (1 + random.nextInt(4)) + "0000";
          case 4 -> (1 + random.nextInt(9)) + digits(random, 5);
          default -> "990101";
        };
    String date =
        String.format(
            Locale.ROOT,
            "%04d%02d%02d",
            1860 + random.nextInt(180),
            1 + random.nextInt(13),
            1 + random.nextInt(31));
    return switch (random.nextInt(8)) {
      case 0 -> region + date.substring(2) + digits(random, 3);
      case 1 -> region + date + digits(random, 4);
      case 2 -> "E" + digits(random, 8);
      case 3 -> "USA" + digits(random, 12);
      default -> withCheck(region + date + digits(random, 3));
    };
  }

  private static String digits(Random random, int count) {
    return random
        .ints(count, 0, 10)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  private static String withCheck(String first17) {
    return first17 + EighteenCharacters.check(first17);
  }

  private static Optional<String> pseudonymInput(Parsed<PersonNumber> parsed) {
    return parsed.toOptional().map(id -> id.type().pseudonymCode() + " " + id.value());
  }

  private static PersonNumber valid(Optional<IdType> declared, String text) {
    return PersonNumber.parse(declared, text, TODAY).toOptional().orElseThrow();
  }
}
