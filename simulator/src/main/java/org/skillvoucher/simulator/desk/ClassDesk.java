package org.skillvoucher.simulator.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.Json;

/** Files a class (开班备案), has it approved, and gets its people and their vouchers into it. */
public final class ClassDesk {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration BOUND_MAX = Duration.ofSeconds(60);
  private static final Duration VOUCHER_LIFE = Duration.ofDays(60);

  private final GatewayClient gateway;
  private final ObjectNode filing;
  private final String region;

  /**
   * @param filing a sample of a filing, of which each class's differs in its title and size only
   */
  public ClassDesk(GatewayClient gateway, ObjectNode filing, String region) {
    this.gateway = gateway;
    this.filing = filing.deepCopy();
    this.filing.put("region", region);
    this.region = region;
  }

  /** A class on file, with the pseudonyms of its people in their order. */
  public record Opened(String id, List<PersonPseudonym> pseudonyms) {
    public Opened {
      pseudonyms = List.copyOf(pseudonyms);
    }
  }

  /** The institution (培训机构) that files. */
  public String institution() {
    return Json.text(filing, "institution");
  }

  /**
   * A class with everybody's voucher (职业培训券) bound to it, open.
   *
   * @param now business time
   */
  public Opened open(String title, List<Card> people, List<Lesson> lessons, Instant now) {
    ObjectNode own = filing.deepCopy();
    own.put("title", title);
    own.put("traineesPlanned", people.size());
    String id = Json.text(gateway.act(Role.INSTITUTION, "/v1/classes", own), "classId");
    String path = "/v1/classes/" + id;
    gateway.act(
        Role.ISSUING_AUTHORITY, path + "/approval", Json.object().put("decision", "approved"));
    importRoster(path, people);
    List<PersonPseudonym> pseudonyms = vouchers(id, people, now);
    gateway.act(Role.INSTITUTION, path + "/timetable", timetable(lessons));
    int bound =
        Polling.until(
            BOUND_MAX,
            () -> gateway.read(Role.INSTITUTION, path).path("vouchersBound").asInt(),
            count -> count == people.size());
    if (bound != people.size()) {
      throw new UnexpectedAnswer("only " + bound + " of " + people.size() + " vouchers were bound");
    }
    gateway.act(Role.INSTITUTION, path + "/opening", Json.object());
    return new Opened(id, pseudonyms);
  }

  private void importRoster(String path, List<Card> people) {
    StringBuilder csv = new StringBuilder("姓名,社会保障号码\n");
    people.forEach(
        person -> csv.append(person.name()).append(',').append(person.personNumber()).append('\n'));
    JsonNode imported =
        GatewayClient.must(
            "the roster",
            gateway.postCsv(
                Role.INSTITUTION, path + "/roster", csv.toString().getBytes(UTF_8), "utf-8"));
    if (imported.path("enrolled").asInt() != people.size()) {
      throw new UnexpectedAnswer("not everybody got onto the roster");
    }
  }

  private List<PersonPseudonym> vouchers(String classId, List<Card> people, Instant now) {
    ArrayNode holders = Json.array();
    people.forEach(person -> holders.add(person(person).put("name", person.name())));
    ObjectNode order =
        Json.object()
            .put("region", region)
            .put("occupation", Json.text(filing, "occupation"))
            .put("level", filing.path("level").asInt())
            .put("expiresAt", now.plus(VOUCHER_LIFE).toString());
    order.set("people", holders);
    JsonNode issued = gateway.act(Role.ISSUING_AUTHORITY, "/v1/vouchers", order);
    List<PersonPseudonym> pseudonyms = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      String path = "/v1/vouchers/" + issued.path("items").path(i).path("voucherId").asText("none");
      gateway.act(
          Role.CARD_PLATFORM, path + "/claim", Json.object().set("person", person(people.get(i))));
      JsonNode bound =
          gateway.act(Role.CARD_PLATFORM, path + "/binding", Json.object().put("classId", classId));
      pseudonyms.add(new PersonPseudonym(Json.text(bound, "holder")));
    }
    return pseudonyms;
  }

  private static ObjectNode person(Card card) {
    return Json.object().put("idType", "citizen_id").put("number", card.personNumber());
  }

  private static ObjectNode timetable(List<Lesson> lessons) {
    ObjectNode timetable = Json.object();
    ArrayNode rows = timetable.putArray("lessons");
    for (Lesson lesson : lessons) {
      rows.addObject()
          .put("lessonId", lesson.id().value())
          .put("title", lesson.title())
          .put("kind", lesson.kind().name().toLowerCase(Locale.ROOT))
          .put("startsAt", text(lesson.startsAt()))
          .put("endsAt", text(lesson.endsAt()));
    }
    return timetable;
  }

  private static String text(Instant moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(ZONE));
  }
}
