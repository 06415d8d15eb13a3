package org.skillvoucher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.CardIdentificationCode;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonName;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.DeviceStatement;
import org.skillvoucher.gateway.platform.CardReading;

/**
 * A scan as a device sends it. Personal data: never logged.
 *
 * @param number the card's number with the type it turned out to be of
 */
record ScanRequest(
    CardReading card,
    Persons.IdNumber number,
    LessonId lesson,
    Act act,
    DeviceStatement statement) {
  private static final long INTEGER_MAX = (1L << 53) - 1;
  private static final int CARD_NUMBER_CHARACTERS_MAX = 20;
  private static final int TOKEN_CHARACTERS_MAX = 200;
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Map<String, Act> ACTS = Map.of("in", Act.IN, "out", Act.OUT);

  @Override
  public String toString() {
    return "ScanRequest";
  }

  /** Reads a scan of the class which the address names. */
  static ScanRequest read(ObjectNode body, ClassId classId, LocalDate today) {
    Fields in = Fields.of(body, "card", "statement");
    Optional<Card> card =
        in.object("card", "cardIdentificationCode", "socialSecurityNumber", "cardNumber", "name")
            .flatMap(fields -> card(fields, today));
    Optional<Statement> statement =
        in.object(
                "statement",
                "$t",
                "act",
                "cls",
                "crd",
                "ctr",
                "dev",
                "ep",
                "lb",
                "mono",
                "non",
                "ph",
                "t")
            .flatMap(fields -> statement(fields, classId));
    in.refuseIfFaulty();
    return new ScanRequest(
        card.orElseThrow().reading(),
        card.orElseThrow().number(),
        statement.orElseThrow().lesson(),
        statement.orElseThrow().act(),
        statement.orElseThrow().kept());
  }

  private record Card(CardReading reading, Persons.IdNumber number) {
    @Override
    public String toString() {
      return "Card";
    }
  }

  private static Optional<Card> card(Fields in, LocalDate today) {
    var code = in.value("cardIdentificationCode", CardIdentificationCode::parse);
    var number =
        in.text("socialSecurityNumber", Persons.NUMBER_CHARACTERS_MAX)
            .flatMap(text -> in.parsed("socialSecurityNumber", Persons.onCard(text, today)));
    var cardNumber = in.text("cardNumber", CARD_NUMBER_CHARACTERS_MAX);
    var name = in.value("name", PersonName::parse);
    return code.isPresent() && number.isPresent() && cardNumber.isPresent() && name.isPresent()
        ? Optional.of(
            new Card(
                new CardReading(
                    code.get().value(), number.get().value(), cardNumber.get(), name.get().value()),
                number.get()))
        : Optional.empty();
  }

  private record Statement(LessonId lesson, Act act, DeviceStatement kept) {}

  private static Optional<Statement> statement(Fields in, ClassId classId) {
    in.oneOf("$t", Map.of("vds1", true));
    var act = in.oneOf("act", ACTS);
    var lesson = in.value("cls", text -> lessonOf(text, classId));
    var device = in.value("dev", ScanRequest::deviceName);
    OptionalLong counter = in.integer("ctr", 1, INTEGER_MAX);
    OptionalLong epoch = in.integer("ep", 0, INTEGER_MAX);
    OptionalLong monotonic = in.integer("mono", 0, INTEGER_MAX);
    OptionalLong tappedAt = in.integer("t", 0, INTEGER_MAX);
    var beacon = in.anyText("lb", TOKEN_CHARACTERS_MAX);
    var nonce = in.anyText("non", TOKEN_CHARACTERS_MAX);
    var commitment = in.anyText("crd", TOKEN_CHARACTERS_MAX);
    var previous = in.anyText("ph", TOKEN_CHARACTERS_MAX);
    if (lesson.isEmpty() || act.isEmpty() || device.isEmpty() || tappedAt.isEmpty()) {
      return Optional.empty();
    }
    DeviceStatement kept =
        new DeviceStatement(
            device.get(),
            counter.orElse(0),
            epoch.orElse(0),
            Instant.ofEpochMilli(tappedAt.getAsLong()),
            monotonic.orElse(0),
            beacon.orElse(""),
            nonce.orElse(""),
            commitment.orElse(""),
            previous.orElse(""),
            "");
    return Optional.of(new Statement(lesson.get(), act.get(), kept));
  }

  private static Parsed<String> deviceName(String text) {
    return DEVICE.matcher(text).matches()
        ? Parsed.valid(text)
        : Parsed.invalid("device", "1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit");
  }

  private static Parsed<LessonId> lessonOf(String text, ClassId classId) {
    String prefix = classId.value() + "/";
    return text.startsWith(prefix)
        ? LessonId.parse(text.substring(prefix.length()))
        : Parsed.invalid("cls", "must be the class of the address, a slash and a lesson");
  }
}
