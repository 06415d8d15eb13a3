package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.RecordedStory.Device;

/** The requests of a recording for each way to sign in, and for offline batches. */
final class RecordedWays {
  private static final List<Trainee> TRAINEES = RecordedPreparation.TRAINEES;
  private static final Instant LESSON = RecordedStory.LESSON;
  private static final Instant SECOND = LESSON.plus(Duration.ofHours(2));

  private final RecordedStory story;
  private final String classId;

  RecordedWays(RecordedStory story, String classId) {
    this.story = story;
    this.classId = classId;
  }

  void play() throws Exception {
    cardsAndCodes();
    rooms();
    offline();
    out();
  }

  private static Map<String, Object> card(int trainee, String number) {
    return Map.of(
        "way",
        "physical_card",
        "salt",
        GatewayFixture.SALT,
        "record",
        TRAINEES.get(trainee).card().replace("A00000001", number));
  }

  private static Map<String, Object> code(String code) {
    return Map.of("way", "personal_code", "code", code, "salt", GatewayFixture.SALT);
  }

  private void cardsAndCodes() throws Exception {
    story.group("12-cards-and-codes");
    story.now(LESSON.plusSeconds(100));
    Device door = story.device("door");
    for (String outcome : List.of("CARD_NOT_ACTIVE", "EXPIRED", "NOT_FOUND", "PERSON_MISMATCH")) {
      story
          .scan(
              "the platform says of the card " + outcome,
              door,
              story.tap(door, card(9, outcome), classId, "L1"))
          .is(403);
    }
    story
        .scan(
            "the platform is silent", door, story.tap(door, card(9, "RETRY_LATER"), classId, "L1"))
        .is(503);
    story
        .scan(
            "the platform is silent, in Chinese",
            door,
            story.tap(door, card(9, "RETRY_LATER"), classId, "L1"))
        .inChinese()
        .is(503);
    Map<String, Object> typed =
        Map.of(
            "way", "typed_number", "number", TRAINEES.get(9).number(), "salt", GatewayFixture.SALT);
    story.scan("a typed number is no card", door, story.tap(door, typed, classId, "L1")).is(403);
    Map<String, Object> blank =
        Map.of(
            "way",
            "physical_card",
            "salt",
            GatewayFixture.SALT,
            "record",
            "990100||A00000001|990100D1560000050000000000000001||||||||");
    story.scan("a blank card", door, story.tap(door, blank, classId, "L1")).is(422);
    story
        .scan("a code that has expired", door, story.tap(door, code("EXPIRED"), classId, "L1"))
        .is(410);
    story
        .scan("a code that was used", door, story.tap(door, code("ALREADY_USED"), classId, "L1"))
        .is(409);
    story
        .scan("a code that is none", door, story.tap(door, code("NOT_FOUND"), classId, "L1"))
        .inChinese()
        .is(400);
    story.kept(
        "a person's own code",
        door,
        story.tap(door, code("OK-" + TRAINEES.get(9).number()), classId, "L1"));
    story
        .scan(
            "nobody is their own witness",
            door,
            story.tap(door, assistedBy(TRAINEES.get(10)), classId, "L1"))
        .is(403);
    story
        .scan(
            "a trainee who is here is no witness",
            door,
            story.tap(door, assistedBy(TRAINEES.get(1)), classId, "L1"))
        .is(403);
    Trainee teacher = new Trainee("990101198003150029", "李老师");
    story.kept(
        "with a teacher as witness", door, story.tap(door, assistedBy(teacher), classId, "L1"));
  }

  private static Map<String, Object> assistedBy(Trainee witness) {
    return Map.of(
        "way",
        "assisted",
        "witness",
        witness.card(),
        "reason",
        "未带卡",
        "person",
        Map.of("idType", "citizen_id", "number", TRAINEES.get(10).number()),
        "salt",
        GatewayFixture.SALT);
  }

  private void rooms() throws Exception {
    story.group("13-rooms");
    story.now(LESSON.plusSeconds(120));
    String checks = "/v1/classes/" + classId + "/spot-checks";
    story
        .post("a spot check is called", "authority", checks)
        .jsonOf("{'lessonId':'L1','minutes':30}")
        .is(201);
    story
        .post("a spot check of no lesson", "authority", checks)
        .jsonOf("{'lessonId':'L9','minutes':30}")
        .is(422);
    story
        .post("a spot check for too long", "authority", checks)
        .inChinese()
        .jsonOf("{'lessonId':'L1','minutes':46}")
        .is(422);
    Device hall = story.device("hall");
    story.kept(
        "a check is answered", hall, story.tap(hall, TRAINEES.get(2), classId, "L1", Act.CHECK));
    String codes = "/v1/classes/%s/lessons/L1/room-codes?device=".formatted(classId);
    JsonNode shown = story.get("the codes of a room", hall.as(), codes + hall.name()).is(200);
    story.get("no device", hall.as(), codes).is(422);
    story.get("a device elsewhere", story.device("other").as(), codes + hall.name()).is(403);
    story
        .get(
            "a beacon for a device elsewhere",
            story.device("other").as(),
            "/v1/beacons?epoch=1&device=" + hall.name())
        .is(403);
    story.get("a beacon of no boot", hall.as(), "/v1/beacons?device=" + hall.name()).is(422);
    String code = shown.at("/codes/0/code").asText();
    signIn("a person signs in by phone", code, "in", 12, "phone-1").key("phone").is(201);
    signIn("the same request again", code, "in", 12, "phone-1").key("phone").is(200);
    signIn("one code, one use", code, "check", 12, "phone-1").is(409);
    signIn("one phone, one person", code, "check", 4, "phone-1").is(409);
    signIn("not on the roster", code, "check", 13, "phone-2").is(403);
    signIn("a code that is none", code + "x", "check", 4, "phone-3").is(400);
    story
        .post("no code, no phone", "platform", "/v1/classes/" + classId + "/sign-ins")
        .jsonOf("{'act':'go','person':{'idType':'citizen_id','number':'1'}}")
        .is(422);
    story.now(story.now().plusSeconds(10));
    signIn("a code that is too old", code, "check", 4, "phone-3").inChinese().is(410);
  }

  private RecordedStory.Request signIn(
      String title, String code, String act, int trainee, String phone) {
    return story
        .post(title, "platform", "/v1/classes/" + classId + "/sign-ins")
        .jsonOf(
            "{'code':'%s','act':'%s','person':{'idType':'citizen_id','number':'%s'},'phone':'%s'}"
                .formatted(code, act, TRAINEES.get(trainee).number(), phone));
  }

  private void offline() throws Exception {
    story.group("14-offline");
    story.now(SECOND.minus(Duration.ofMinutes(10)));
    Device box =
        story.enrolled("box", DeviceSuite.P256, "institution", ClassOverHttp.SCHOOL, "S1/R1");
    story.beacon(box);
    List<TestDevice.Tap> taps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      taps.add(captured(box, Map.of(), i, SECOND.plusSeconds(10L * i)));
    }
    taps.add(captured(box, Map.of(), 0, SECOND.plusSeconds(100)));
    taps.add(captured(box, Map.of(), 13, SECOND.plusSeconds(110)));
    taps.add(captured(box, card(4, "RETRY_LATER"), 4, SECOND.plusSeconds(120)));
    taps.add(captured(box, code("EXPIRED"), 5, SECOND.plusSeconds(130)));
    taps.add(captured(box, card(6, "NOT_FOUND"), 6, SECOND.plusSeconds(140)));
    taps.add(captured(box, Map.of(), 7, SECOND.minus(Duration.ofHours(1))));
    story.now(SECOND.plus(Duration.ofHours(1)));
    story.batch("an offline batch with all outcomes", box, taps).is(200);
    story.batch("the same batch again", box, taps).inChinese().is(200);
    Device door = story.device("door");
    door.device().restarted();
    TestDevice.Tap unproven = captured(door, Map.of(), 8, SECOND.plusSeconds(60));
    story.batch("a time that nothing proves", door, List.of(unproven)).is(200);
    String good = taps.getFirst().body();
    story
        .post("items that cannot be read", box.as(), "/v1/statement-batches")
        .text(
            RecordedStory.JSON_TYPE,
            "{\"items\":[1,{},%s,%s]}"
                .formatted(
                    good.replace("\"ctr\":1", "\"ctr\":0"), good.replace("\"ctr\":1", "\"ctr\":2")))
        .is(200);
    story
        .post("a batch of nothing", box.as(), "/v1/statement-batches")
        .jsonOf("{'items':[]}")
        .is(422);
    story
        .post("no institution sends batches", "institution", "/v1/statement-batches")
        .jsonOf("{'items':[]}")
        .is(403);
  }

  private TestDevice.Tap captured(
      Device device, Map<String, Object> shown, int trainee, Instant at) {
    var place = new TestDevice.Place(classId, "L2", Act.IN, at);
    TestDevice.Tap tap =
        shown.isEmpty()
            ? device.device().tap(TRAINEES.get(trainee), place)
            : device.device().tap(shown, place);
    device.device().movedOn(tap);
    return tap;
  }

  private void out() throws Exception {
    story.group("15-out");
    Device hall = story.device("hall");
    story.now(SECOND.plus(ClassOverHttp.LESSON_LENGTH));
    for (int i = 0; i < 3; i++) {
      story.kept(
          "person %d leaves".formatted(i),
          hall,
          story.tap(hall, TRAINEES.get(i), classId, "L2", Act.OUT));
    }
    story
        .scan(
            "who did not come does not leave",
            hall,
            story.tap(hall, TRAINEES.get(10), classId, "L2", Act.OUT))
        .inChinese()
        .is(409);
    story.get("the class with its receipts", "institution", "/v1/classes/" + classId).is(200);
  }
}
