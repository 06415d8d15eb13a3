package org.skillvoucher.gateway.person;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonName;
import org.skillvoucher.domain.identity.PersonNumber;

/** Checks people as requests and rosters write them, before they are stored. */
public final class PersonInput {
  public static final int NUMBER_CHARACTERS_MAX = 40;
  public static final int NAME_CHARACTERS_MAX = 100;

  /** The words of {@code idType}. */
  public static final Map<String, IdType> ID_TYPES =
      Arrays.stream(IdType.values())
          .collect(Collectors.toUnmodifiableMap(IdType::code, Function.identity()));

  private PersonInput() {}

  /** A person as written. Personal data: never logged. */
  public record Written(IdType type, String number, String name) {
    @Override
    public String toString() {
      return "Written";
    }
  }

  /** A normalised number, with its type. Personal data: never logged. */
  public record IdNumber(IdType type, String value) {
    @Override
    public String toString() {
      return "IdNumber";
    }
  }

  /** Name and number, or their first fault. */
  public static Parsed<People.Identity> check(Written person, LocalDate today) {
    return check(Optional.of(person.type()), person.number(), person.name(), today);
  }

  /**
   * Name and number, or their first fault.
   *
   * @param type empty when none is written beside the number
   */
  public static Parsed<People.Identity> check(
      Optional<IdType> type, String writtenNumber, String writtenName, LocalDate today) {
    return switch (PersonNumber.parse(type, writtenNumber, today)) {
      case Parsed.Invalid<PersonNumber>(var code, var reason) -> Parsed.invalid(code, reason);
      case Parsed.Valid<PersonNumber>(var number) ->
          switch (PersonName.parse(writtenName)) {
            case Parsed.Invalid<PersonName>(var code, var reason) -> Parsed.invalid(code, reason);
            case Parsed.Valid<PersonName>(var name) ->
                Parsed.valid(new People.Identity(number.type(), number.value(), name.value()));
          };
    };
  }

  /** A number of the given type; its form may show that it is of another one. */
  public static Parsed<IdNumber> number(IdType type, String text, LocalDate today) {
    return idNumber(PersonNumber.parse(Optional.of(type), text, today));
  }

  /** The number on a card, which has no type. */
  public static Parsed<IdNumber> onCard(String text, LocalDate today) {
    return idNumber(PersonNumber.onCard(text, today));
  }

  /** A number that the card platform names, whose type its form decides too, but never refused. */
  public static IdNumber ofPlatform(IdType type, String text, LocalDate today) {
    return number(type, text, today).toOptional().orElse(new IdNumber(type, text));
  }

  private static Parsed<IdNumber> idNumber(Parsed<PersonNumber> parsed) {
    return switch (parsed) {
      case Parsed.Valid<PersonNumber>(var number) ->
          Parsed.valid(new IdNumber(number.type(), number.value()));
      case Parsed.Invalid<PersonNumber>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }
}
