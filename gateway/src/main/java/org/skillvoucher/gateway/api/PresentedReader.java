package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.canonical.Base64Url;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.identity.CardRecord;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;
import org.skillvoucher.gateway.scan.Attempt.Presented;

/** What a person presented to a device, in each of the ways to sign in (签到方式). */
final class PresentedReader {
  private static final int RECORD_CHARACTERS_MAX = 400;
  private static final int CODE_CHARACTERS_MAX = 512;
  private static final int REASON_CHARACTERS_MAX = 200;
  private static final int SALT_CHARACTERS = 22;
  private static final Map<String, Way> WAYS =
      Map.of(
          "physical_card", Way.PHYSICAL_CARD,
          "personal_code", Way.PERSONAL_CODE,
          "assisted", Way.ASSISTED,
          "typed_number", Way.TYPED_NUMBER);

  private enum Way {
    PHYSICAL_CARD,
    PERSONAL_CODE,
    ASSISTED,
    TYPED_NUMBER
  }

  private final People people;
  private final LocalDate today;

  PresentedReader(People people, LocalDate today) {
    this.people = people;
    this.today = today;
  }

  /** The members each way allows; any other is a fault. */
  static String[] membersOf(JsonNode presented) {
    Way way = WAYS.get(presented.path("way").asText());
    return way == null
        ? new String[] {"way", "salt", "record", "code", "person", "witness", "reason", "number"}
        : switch (way) {
          case PHYSICAL_CARD -> new String[] {"way", "salt", "record"};
          case PERSONAL_CODE -> new String[] {"way", "salt", "code"};
          case ASSISTED -> new String[] {"way", "salt", "person", "witness", "reason"};
          case TYPED_NUMBER -> new String[] {"way", "salt", "number"};
        };
  }

  /** Empty when it is invalid; the faults are in the fields. */
  Optional<Presented> read(Fields in) {
    Optional<String> salt = in.text("salt", SALT_CHARACTERS);
    if (salt.filter(text -> text.length() != SALT_CHARACTERS || !Base64Url.isIn(text))
        .isPresent()) {
      in.fault("salt", new Text("must be 16 bytes in base64url", "应为 16 字节的 base64url"));
    }
    return in.oneOf("way", WAYS).flatMap(way -> read(way, in));
  }

  private Optional<Presented> read(Way way, Fields in) {
    return switch (way) {
      case PHYSICAL_CARD ->
          card(in, "record").map(card -> new Presented.PhysicalCard(card.holder(), card.reading()));
      case PERSONAL_CODE -> in.text("code", CODE_CHARACTERS_MAX).map(Presented.PersonalCode::new);
      case ASSISTED -> assisted(in);
      case TYPED_NUMBER -> {
        in.text("number", PersonInput.NUMBER_CHARACTERS_MAX);
        yield Optional.of(new Presented.TypedNumber());
      }
    };
  }

  private Optional<Presented> assisted(Fields in) {
    in.text("reason", REASON_CHARACTERS_MAX);
    Optional<PersonPseudonym> person =
        in.object("person", "idType", "number").flatMap(this::person);
    Optional<PresentedCard> witness = card(in, "witness");
    return person.isPresent() && witness.isPresent()
        ? Optional.of(
            new Presented.Assisted(person.get(), witness.get().holder(), witness.get().reading()))
        : Optional.empty();
  }

  /** A person identified by number. */
  Optional<PersonPseudonym> person(Fields in) {
    var type = in.oneOf("idType", PersonInput.ID_TYPES);
    var number = in.text("number", PersonInput.NUMBER_CHARACTERS_MAX);
    return type.isPresent() && number.isPresent()
        ? in.parsed("number", PersonInput.number(type.get(), number.get(), today))
            .map(known -> people.pseudonym(known.type(), known.value()))
        : Optional.empty();
  }

  private record PresentedCard(PersonPseudonym holder, CardReading reading) {}

  private Optional<PresentedCard> card(Fields in, String name) {
    return in.text(name, RECORD_CHARACTERS_MAX)
        .flatMap(text -> in.parsed(name, CardRecord.parse(text)))
        .flatMap(
            record ->
                in.parsed(name, PersonInput.onCard(record.socialSecurityNumber(), today))
                    .map(
                        number ->
                            new PresentedCard(
                                people.pseudonym(number.type(), number.value()),
                                new CardReading(
                                    record.code().value(),
                                    number.value(),
                                    record.cardNumber(),
                                    record.name().value()))));
  }

  /** The canonical bytes to which a statement commits itself. */
  static byte[] canonical(ObjectNode presented) {
    return CanonicalJson.bytes(members(presented));
  }

  private static Map<String, Object> members(ObjectNode object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object
        .propertyStream()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              members.put(
                  member.getKey(),
                  value instanceof ObjectNode inner ? members(inner) : value.asText());
            });
    return members;
  }
}
