package org.skillvoucher.gateway.person;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.CitizenId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonName;

/** Checks people as requests and rosters write them, before they are stored. */
public final class PersonInput {
  public static final int NUMBER_CHARACTERS_MAX = 40;
  public static final int NAME_CHARACTERS_MAX = 100;

  /** The words of {@code idType}. */
  public static final Map<String, IdType> ID_TYPES =
      Map.of(IdType.CITIZEN_ID.code(), IdType.CITIZEN_ID, IdType.OTHER.code(), IdType.OTHER);

  private static final Pattern OTHER_NUMBER = Pattern.compile("[0-9A-Z()-]{1,40}");

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
    return switch (number(person.type(), person.number(), today)) {
      case Parsed.Invalid<IdNumber>(var code, var reason) -> Parsed.invalid(code, reason);
      case Parsed.Valid<IdNumber>(var number) ->
          switch (PersonName.parse(person.name())) {
            case Parsed.Invalid<PersonName>(var code, var reason) -> Parsed.invalid(code, reason);
            case Parsed.Valid<PersonName>(var name) ->
                Parsed.valid(new People.Identity(number.type(), number.value(), name.value()));
          };
    };
  }

  /**
   * A number of the given type. A citizen id number is refused as another type: the person would
   * have two pseudonyms.
   */
  public static Parsed<IdNumber> number(IdType type, String text, LocalDate today) {
    Parsed<CitizenId> citizen = CitizenId.parse(text, today);
    return switch (type) {
      case CITIZEN_ID ->
          switch (citizen) {
            case Parsed.Valid<CitizenId>(var id) ->
                Parsed.valid(new IdNumber(IdType.CITIZEN_ID, id.value()));
            case Parsed.Invalid<CitizenId>(var code, var reason) -> Parsed.invalid(code, reason);
          };
      case OTHER ->
          citizen instanceof Parsed.Valid<CitizenId>
              ? Parsed.invalid("id_type", "this is a citizen id number")
              : other(text);
    };
  }

  /** The number on a card, which has no type. */
  public static Parsed<IdNumber> onCard(String text, LocalDate today) {
    return CitizenId.parse(text, today) instanceof Parsed.Valid<CitizenId>(var id)
        ? Parsed.valid(new IdNumber(IdType.CITIZEN_ID, id.value()))
        : other(text);
  }

  private static Parsed<IdNumber> other(String text) {
    String value =
        Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    return OTHER_NUMBER.matcher(value).matches()
        ? Parsed.valid(new IdNumber(IdType.OTHER, value))
        : Parsed.invalid("id_characters", "1 to 40 of letters, digits, hyphens and brackets");
  }
}
