package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.gateway.Crowd;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.StoryEnds;
import org.skillvoucher.simulator.gateway.Waiting;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.scenario.Ground.Played;
import org.skillvoucher.simulator.wire.Json;

/** What is on file before the first tap: institution, sites, devices, classes, vouchers. */
final class Preparation {
  private static final Duration BOUND_MAX = Duration.ofSeconds(30);
  private static final Duration VOUCHER_LIFE = Duration.ofDays(60);

  private final Ground ground;
  private final Gateway gateway;
  private final Scenario scenario;
  private final ObjectNode filing;

  /**
   * @param filing a sample of a filing, of which each class's differs in its title only
   */
  Preparation(Ground ground, ObjectNode filing) {
    this.ground = ground;
    this.gateway = ground.gateway();
    this.scenario = ground.plan().scenario();
    this.filing = filing;
  }

  /** Sites and devices; the devices in the order of their numbers. */
  List<Kiosk> kiosks() {
    String institution = Json.text(filing, "institution");
    DeviceDesk desk = new DeviceDesk(gateway, institution);
    desk.admit(scenario.region(), "城南职业培训学校", 2026);
    for (int site = 0; site < scenario.sites().count(); site++) {
      putSite(institution, site);
    }
    return Crowd.together(
        IntStream.range(0, scenario.sites().devicesInAll()).boxed().toList(),
        number -> kiosk(desk, number));
  }

  private void putSite(String institution, int site) {
    ObjectNode body =
        Json.object()
            .put("siteId", siteId(site))
            .put("name", "实训点" + (site + 1))
            .put("address", "滨河路" + (site + 1) + "号");
    ArrayNode rooms = body.putArray("rooms");
    for (int room = 0; room < scenario.sites().devices(); room++) {
      rooms.addObject().put("roomId", roomId(room)).put("name", "教室" + (room + 1));
    }
    gateway.act(Role.INSTITUTION, "/v1/institutions/" + institution + "/sites", body);
  }

  private static String siteId(int site) {
    return "S" + (site + 1);
  }

  private static String roomId(int room) {
    return "R" + (room + 1);
  }

  private Kiosk kiosk(DeviceDesk desk, int number) {
    int each = scenario.sites().devices();
    List<DeviceSuite> suites = scenario.sites().suites();
    DeviceKey key =
        DeviceKey.of(suites.get(number % suites.size()), scenario.seed() + "/device/" + number);
    DeviceDesk.Room room = new DeviceDesk.Room(siteId(number / each), roomId(number % each));
    DeviceDesk.Enrolled enrolled = desk.enrol(desk.invite(room, "签到机" + (number + 1)), key);
    return new Kiosk(number, enrolled.device(), enrolled.token());
  }

  /** The classes in the order of their numbers, all open. */
  List<Played> classes() {
    return Crowd.together(
        IntStream.range(0, scenario.classes().count()).boxed().toList(), this::play);
  }

  private Played play(int number) {
    ObjectNode own = filing.deepCopy();
    own.put("region", scenario.region());
    own.put("title", "养老护理员（五级）第" + (number + 1) + "班");
    own.put("traineesPlanned", scenario.classes().people());
    JsonNode filed = gateway.act(Role.INSTITUTION, "/v1/classes", own);
    String id = Json.text(filed, "classId");
    String path = "/v1/classes/" + id;
    gateway.act(
        Role.ISSUING_AUTHORITY, path + "/approval", Json.object().put("decision", "approved"));
    List<Card> people = ground.plan().peopleOf(number);
    importRoster(path, people);
    List<PersonPseudonym> pseudonyms = vouchers(id, people);
    gateway.act(Role.INSTITUTION, path + "/timetable", timetable());
    Waiting.until(
        BOUND_MAX,
        () -> gateway.read(Role.INSTITUTION, path).path("vouchersBound").asInt(),
        bound -> bound == people.size());
    gateway.act(Role.INSTITUTION, path + "/opening", Json.object());
    return new Played(number, id, pseudonyms);
  }

  private void importRoster(String path, List<Card> people) {
    StringBuilder csv = new StringBuilder("姓名,社会保障号码\n");
    people.forEach(
        person -> csv.append(person.name()).append(',').append(person.personNumber()).append('\n'));
    JsonNode imported =
        Gateway.must(
            "the roster",
            gateway.postCsv(
                Role.INSTITUTION, path + "/roster", csv.toString().getBytes(UTF_8), "utf-8"));
    if (imported.path("enrolled").asInt() != people.size()) {
      throw new StoryEnds("not everybody got onto the roster");
    }
  }

  private List<PersonPseudonym> vouchers(String classId, List<Card> people) {
    ArrayNode holders = Json.array();
    people.forEach(person -> holders.add(person(person).put("name", person.name())));
    ObjectNode order =
        Json.object()
            .put("region", scenario.region())
            .put("occupation", Json.text(filing, "occupation"))
            .put("level", filing.path("level").asInt())
            .put("expiresAt", ground.clock().now().plus(VOUCHER_LIFE).toString());
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

  private ObjectNode timetable() {
    ObjectNode timetable = Json.object();
    ArrayNode lessons = timetable.putArray("lessons");
    for (Lesson lesson : ground.plan().lessons()) {
      lessons
          .addObject()
          .put("lessonId", lesson.id().value())
          .put("title", lesson.title())
          .put("kind", lesson.kind().name().toLowerCase(Locale.ROOT))
          .put("startsAt", text(lesson.startsAt()))
          .put("endsAt", text(lesson.endsAt()));
    }
    return timetable;
  }

  private static String text(Instant moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(Scenario.ZONE));
  }
}
