package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.RecordedStory.Device;

/**
 * What is done on a node whose data is recorded: an institution, a voucher and a class of so many
 * events that they have snapshots, and others of so few that they have none.
 */
final class RecordedData {
  static final Instant LESSON = RecordedStory.LESSON;
  static final Instant THIRD = LESSON.plus(Duration.ofHours(4));
  static final List<Trainee> PEOPLE = Trainee.first(10);

  /** What was sent, by its idempotency key, so that it can be sent again. */
  private final Map<String, TestDevice.Tap> sent = new LinkedHashMap<>();

  private final List<TestDevice.Tap> batch = new ArrayList<>();
  private final List<String> vouchers = new ArrayList<>();
  private final RecordedStory story;
  private String many = "";
  private String few = "";
  private String closed = "";
  private String code = "";
  private String correction = "";

  RecordedData(RecordedStory story) {
    this.story = story;
    story.group("data");
  }

  Map<String, TestDevice.Tap> sent() {
    return sent;
  }

  List<TestDevice.Tap> batch() {
    return batch;
  }

  String voucher(int i) {
    return vouchers.get(i);
  }

  /** The class of many events, the one of few, and the closed one. */
  List<String> classes() {
    return List.of(many, few, closed);
  }

  /** The code that was shown in a room. */
  String code() {
    return code;
  }

  /** A correction that nobody decided. */
  String correction() {
    return correction;
  }

  void play() throws Exception {
    school();
    many = filed("many", 0, 8);
    few = filed("few", 8, 9);
    closed = filed("closed", 9, 10);
    for (String id : classes()) {
      opened(id);
    }
    firstLesson();
    secondLesson();
    supervision();
    story.get("the flags", "auditor", "/v1/flags").settles();
    story.get("the evidence", "auditor", "/v1/evidence?state=parked").settles();
  }

  private void school() throws Exception {
    for (String code : List.of(ClassOverHttp.SCHOOL, GatewayFixture.OTHER_SCHOOL)) {
      story
          .post("admit", "authority", "/v1/institutions")
          .jsonOf(
              "{'creditCode':'%s','region':'990101','name':'示范学校','qualification':'q','edition':2026}"
                  .formatted(code))
          .is(201);
    }
    site("S1", "1");
    site("S2", "1");
    story.enrolled("door", DeviceSuite.ED25519, "institution", ClassOverHttp.SCHOOL, "S1/R1");
    story.enrolled("hall", DeviceSuite.P256, "institution", ClassOverHttp.SCHOOL, "S1/R2");
    story.enrolled("yard", DeviceSuite.SM2, "institution", ClassOverHttp.SCHOOL, "S2/R1");
    for (int i = 2; i < 48; i++) {
      site("S2", Integer.toString(i));
    }
    story.enrolled("late", DeviceSuite.ED25519, "institution", ClassOverHttp.SCHOOL, "S1/R1");
  }

  private void site(String id, String number) throws Exception {
    story
        .post("site", "institution", RecordedPreparation.SCHOOL + "/sites")
        .jsonOf(
            """
            {'siteId':'%s','name':'校区','address':'东路%s号',
             'rooms':[{'roomId':'R1','name':'101'},{'roomId':'R2','name':'102'}]}\
            """
                .formatted(id, number))
        .is(200);
  }

  private String filed(String key, int from, int until) throws Exception {
    String id =
        story
            .post("file", "institution", "/v1/classes")
            .key(key)
            .jsonOf(RecordedPreparation.filing(ClassOverHttp.SCHOOL, "990101", key))
            .is(201)
            .path("classId")
            .asText();
    String path = "/v1/classes/" + id;
    story
        .post("approve", "authority", path + "/approval")
        .jsonOf("{'decision':'approved'}")
        .is(200);
    List<Trainee> people = PEOPLE.subList(from, until);
    story
        .post("roster", "institution", path + "/roster")
        .text(
            "text/csv",
            people.stream()
                .map(who -> who.name() + "," + who.number() + "\n")
                .collect(Collectors.joining("", "name,number\n", "")))
        .is(200);
    JsonNode issued =
        story
            .post("issue", "authority", "/v1/vouchers")
            .jsonOf(
                people.stream()
                    .map(
                        who ->
                            "{'idType':'citizen_id','number':'%s','name':'%s'}"
                                .formatted(who.number(), who.name()))
                    .collect(
                        Collectors.joining(
                            ",",
                            "{'region':'990101','occupation':'4-10-01-05','level':5,"
                                + "'expiresAt':'2026-04-01T00:00:00Z','people':[",
                            "]}")))
            .is(200);
    for (int i = 0; i < people.size(); i++) {
      String voucher = issued.at("/items/" + i + "/voucherId").asText();
      vouchers.add(voucher);
      story
          .post("claim", "platform", "/v1/vouchers/" + voucher + "/claim")
          .jsonOf(
              "{'person':{'idType':'citizen_id','number':'%s'}}".formatted(people.get(i).number()))
          .is(200);
      if (from + i == 0) {
        frozenAndUnfrozen("/v1/vouchers/" + voucher);
      }
      story
          .post("bind", "platform", "/v1/vouchers/" + voucher + "/binding")
          .jsonOf("{'classId':'%s'}".formatted(id))
          .is(200);
    }
    story
        .get("bound", "authority", path)
        .until(found -> found.path("vouchersBound").asInt() == people.size());
    return id;
  }

  private void frozenAndUnfrozen(String voucher) throws Exception {
    for (int i = 0; i < 10; i++) {
      story.post("freeze", "platform", voucher + "/freeze").jsonOf("{'reason':'挂失'}").is(200);
      story.post("unfreeze", "platform", voucher + "/unfreeze").is(200);
    }
  }

  private void opened(String id) throws Exception {
    String lessons =
        id.equals(closed)
            ? lesson(1, LESSON)
            : lesson(1, LESSON)
                + ","
                + lesson(2, LESSON.plus(Duration.ofHours(2)))
                + ","
                + lesson(3, THIRD);
    story
        .post("timetable", "institution", "/v1/classes/" + id + "/timetable")
        .jsonOf("{'lessons':[" + lessons + "]}")
        .is(200);
    story.post("open", "institution", "/v1/classes/" + id + "/opening").is(200);
  }

  private static String lesson(int n, Instant at) {
    return "{'lessonId':'L%d','title':'护理','kind':'theory','startsAt':'%s','endsAt':'%s'}"
        .formatted(n, at, at.plus(ClassOverHttp.LESSON_LENGTH));
  }

  private void kept(String key, String label, int person, String classId, Act act)
      throws Exception {
    Device device = story.device(label);
    TestDevice.Tap tap = story.tap(device, PEOPLE.get(person), classId, "L1", act);
    story.scan(key, device, tap).key(key).is(201);
    device.device().movedOn(tap);
    sent.put(label + " " + key, tap);
    story.now(story.now().plusSeconds(2));
  }

  private void firstLesson() throws Exception {
    story.now(LESSON);
    List<String> labels = List.of("door", "hall", "yard");
    for (int i = 0; i < 6; i++) {
      kept("in-" + i, labels.get(i % 3), i, many, Act.IN);
    }
    kept("in-few", "hall", 8, few, Act.IN);
    kept("in-closed", "hall", 9, closed, Act.IN);
    Device door = story.device("door");
    TestDevice.Tap assisted =
        story.tap(
            door,
            Map.of(
                "way",
                "assisted",
                "witness",
                PEOPLE.get(0).card(),
                "reason",
                "未带卡",
                "person",
                Map.of("idType", "citizen_id", "number", PEOPLE.get(6).number()),
                "salt",
                GatewayFixture.SALT),
            many,
            "L1");
    story.scan("assisted", door, assisted).key("in-6").is(201);
    door.device().movedOn(assisted);
    sent.put("door in-6", assisted);
    code =
        story
            .get(
                "code",
                door.as(),
                "/v1/classes/" + many + "/lessons/L1/room-codes?device=" + door.name())
            .is(200)
            .at("/codes/0/code")
            .asText();
    story
        .post("phone", "platform", "/v1/classes/" + many + "/sign-ins")
        .key("in-7")
        .jsonOf(signIn())
        .is(201);
    story
        .post("check", "authority", "/v1/classes/" + many + "/spot-checks")
        .jsonOf("{'lessonId':'L1','minutes':45}")
        .is(201);
    story.now(LESSON.plusSeconds(60));
    kept("check-1", "hall", 1, many, Act.CHECK);
    story.now(LESSON.plus(ClassOverHttp.LESSON_LENGTH));
    for (int i = 0; i < 6; i++) {
      kept("out-" + i, labels.get(i % 3), i, many, Act.OUT);
    }
    kept("out-closed", "hall", 9, closed, Act.OUT);
  }

  /** What the card platform says of a person with a phone. */
  String signIn() {
    return "{'code':'%s','act':'in','person':{'idType':'citizen_id','number':'%s'},'phone':'p'}"
        .formatted(code, PEOPLE.get(7).number());
  }

  private void secondLesson() throws Exception {
    Instant second = LESSON.plus(Duration.ofHours(2));
    Device yard = story.device("yard");
    story.now(second.minus(Duration.ofMinutes(10)));
    story.beacon(yard);
    List<Map<String, Object>> shown =
        List.of(
            card(0, "A00000001"),
            card(1, "A00000001"),
            card(2, "NOT_FOUND"),
            card(3, "RETRY_LATER"),
            card(0, "A00000001"),
            card(9, "A00000001"));
    for (int i = 0; i < shown.size(); i++) {
      TestDevice.Tap tap =
          yard.device()
              .tap(
                  shown.get(i),
                  new TestDevice.Place(many, "L2", Act.IN, second.plusSeconds(10L * i)));
      yard.device().movedOn(tap);
      batch.add(tap);
    }
    story.now(second.plus(Duration.ofMinutes(80)));
    story.batch("batch", yard, batch).is(200);
    Device late = story.device("late");
    sent.put(
        "late lost",
        late.device()
            .captured(PEOPLE.get(4), new TestDevice.Place(many, "L2", Act.OUT, story.now())));
    TestDevice.Tap behind =
        late.device()
            .captured(
                PEOPLE.get(0),
                new TestDevice.Place(many, "L2", Act.OUT, story.now().plusSeconds(1)));
    story.scan("gap", late, behind).is(202);
    sent.put("late behind", behind);
  }

  private static Map<String, Object> card(int person, String number) {
    return Map.of(
        "way",
        "physical_card",
        "salt",
        GatewayFixture.SALT,
        "record",
        PEOPLE.get(person).card().replace("A00000001", number));
  }

  private void supervision() throws Exception {
    story.now(LESSON.plus(Duration.ofHours(4)));
    story.post("close", "institution", "/v1/classes/" + closed + "/closing").is(200);
    JsonNode sheet = story.get("sheet", "institution", "/v1/classes/" + many + "/sheet").settles();
    String path = "/v1/classes/" + many + "/corrections";
    for (int i = 6; i < 8; i++) {
      correction =
          story
              .post("propose", "institution", path)
              .jsonOf(
                  "{'person':'%s','lesson':'L1','kind':'back_fill','reason':'故障'}"
                      .formatted(sheet.at("/lines/" + i + "/person").asText()))
              .is(201)
              .path("correctionId")
              .asText();
      if (i == 6) {
        story
            .post("decide", "authority", path + "/" + correction + "/decision")
            .jsonOf("{'decision':'approved','reason':'已核对'}")
            .is(200);
      }
    }
  }
}
