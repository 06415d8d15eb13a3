package org.skillvoucher.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.RecordedStory.Device;
import org.skillvoucher.gateway.device.DeviceKey;

/** The requests of a recording while lessons run. */
final class RecordedLessons {
  private static final List<Trainee> TRAINEES = RecordedPreparation.TRAINEES;
  private static final Instant LESSON = RecordedStory.LESSON;

  private final RecordedStory story;
  private final String classId;

  RecordedLessons(RecordedStory story, String classId) {
    this.story = story;
    this.classId = classId;
  }

  void play() throws Exception {
    scans();
    refusals();
    counters();
    signatures();
    new RecordedWays(story, classId).play();
  }

  private TestDevice.Tap in(Device device, int trainee) {
    return story.tap(device, TRAINEES.get(trainee), classId, "L1", Act.IN);
  }

  private void scans() throws Exception {
    story.group("08-scans");
    Device door = story.device("door");
    story.now(LESSON.minus(Duration.ofMinutes(31)));
    story.scan("before the window", door, in(door, 0)).inChinese().is(409);
    story.now(LESSON);
    TestDevice.Tap first = in(door, 0);
    story.scan("a scan gets a receipt", door, first).key("scan").is(201);
    story.scan("the same request again", door, first).key("scan").is(200);
    story.scan("the same statement under another key", door, first).is(200);
    door.device().movedOn(first);
    story.now(LESSON.plusSeconds(2));
    TestDevice.Tap second = in(door, 1);
    story.scan("the key for another statement", door, second).key("scan").is(422);
    story.scan("no key", door, second).withoutKey().is(400);
    story.scan("a key with a space", door, second).key("a b").inChinese().is(400);
    story.kept("the next of the same device", door, second);
    story.kept("a device with a key of P-256", story.device("hall"), in(story.device("hall"), 2));
    story.kept("a device with a key of SM2", story.device("yard"), in(story.device("yard"), 3));
    story.now(LESSON.plusSeconds(20));
    TestDevice.Tap again = in(story.device("hall"), 0);
    story.scan("who is in already gets the first receipt", story.device("hall"), again).is(200);
    story
        .get("the receipt by its number", door.as(), "/v1/classes/" + classId + "/receipts/1")
        .is(200);
    story
        .get("the receipt as bytes", "auditor", "/v1/classes/" + classId + "/receipts/1")
        .accept("application/octet-stream")
        .is(200);
    story
        .get("a receipt that is not there", "auditor", "/v1/classes/" + classId + "/receipts/99")
        .is(404);
  }

  private void refusals() throws Exception {
    story.group("09-refusals");
    Device door = story.device("door");
    story.now(LESSON.plusSeconds(30));
    story
        .scan("not on the roster", door, story.tap(door, TRAINEES.get(13), classId, "L1", Act.IN))
        .is(403);
    story
        .scan(
            "no such class reads the same",
            door,
            story.tap(door, TRAINEES.get(4), "C404", "L1", Act.IN))
        .inChinese()
        .is(403);
    story
        .scan("no such lesson", door, story.tap(door, TRAINEES.get(4), classId, "L9", Act.IN))
        .is(422);
    story.scan("no voucher", door, in(door, 11)).is(409);
    story
        .scan("out before its time", door, story.tap(door, TRAINEES.get(0), classId, "L1", Act.OUT))
        .is(409);
    story
        .scan(
            "a check that nobody called",
            door,
            story.tap(door, TRAINEES.get(0), classId, "L1", Act.CHECK))
        .is(409);
    var skewed = new TestDevice.Place(classId, "L1", Act.IN, LESSON.plusSeconds(300));
    story.scan("a clock that is off", door, door.device().tap(TRAINEES.get(4), skewed)).is(409);
    story.kept("a person comes", door, in(door, 4));
    story.now(story.now().minusMillis(1700));
    story.scan("faster than people can tap", door, in(door, 5)).is(429);
    story.now(LESSON.plusSeconds(40));
    story
        .scan("the same faults in a body", door, in(door, 5))
        .jsonOf("{'presented':{'way':'none'},'statement':{'ctr':'1'},'more':1}")
        .is(422);
    Device other = story.device("other");
    story.scan("a device of another institution", other, in(door, 5)).is(403);
    story.scan("a class of another institution", other, in(other, 5)).is(403);
    story
        .post("no institution scans", "institution", "/v1/classes/" + classId + "/scans")
        .text(RecordedStory.JSON_TYPE, in(door, 5).body())
        .is(403);
    story
        .post("another class in the address", door.as(), "/v1/classes/C404/scans")
        .text(RecordedStory.JSON_TYPE, in(door, 5).body())
        .is(422);
    story.kept("then the right one", door, in(door, 5));
    unapproved(door);
  }

  private void unapproved(Device door) throws Exception {
    story.now(LESSON.plusSeconds(50));
    String filed =
        story
            .post("a class is filed and not approved", "institution", "/v1/classes")
            .jsonOf(RecordedPreparation.filing(ClassOverHttp.SCHOOL, "990101", "未备案"))
            .is(201)
            .path("classId")
            .asText();
    story
        .scan(
            "a class that is not approved",
            door,
            story.tap(door, TRAINEES.get(5), filed, "L1", Act.IN))
        .is(409);
    String stop =
        "{'reason':'mismanagement','evidence':'e','effectiveAt':'2026-03-02T09:00:00+08:00'}";
    story
        .post(
            "the institution is suspended", "authority", RecordedPreparation.SCHOOL + "/suspension")
        .jsonOf(stop)
        .is(200);
    story.scan("a suspended institution", door, in(door, 6)).is(403);
    story
        .post(
            "the institution is reinstated",
            "authority",
            RecordedPreparation.SCHOOL + "/reinstatement")
        .jsonOf("{'reason':'r'}")
        .is(200);
    story.kept("then its scans count again", door, in(door, 6));
  }

  private Device newDevice(String label, DeviceSuite suite) throws Exception {
    return story.enrolled(label, suite, "institution", ClassOverHttp.SCHOOL, "S1/R1");
  }

  private void counters() throws Exception {
    story.group("10-counters");
    story.now(LESSON.plusSeconds(60));
    Device fork = newDevice("fork", DeviceSuite.ED25519);
    TestDevice.Tap kept = in(fork, 7);
    story.scan("a device counts from one", fork, kept).is(201);
    story.now(LESSON.plusSeconds(70));
    story.scan("two statements with one counter", fork, in(fork, 8)).is(409);
    story
        .get(
            "the device is suspended",
            "institution",
            RecordedPreparation.SCHOOL + "/devices?limit=100")
        .settles();
    story.scan("a suspended device gets no receipt again", fork, kept).is(403);
    fork.device().movedOn(kept);
    story.scan("it is trusted no more", fork, in(fork, 8)).inChinese().is(403);
    Device gap = newDevice("gap", DeviceSuite.ED25519);
    TestDevice.Tap lost =
        gap.device()
            .captured(TRAINEES.get(8), new TestDevice.Place(classId, "L1", Act.IN, story.now()));
    story.now(LESSON.plusSeconds(80));
    TestDevice.Tap behind = in(gap, 8);
    story.scan("a statement is missing", gap, behind).is(202);
    story.scan("a statement is missing, in a batch", gap, behind).inChinese().is(202);
    story.batch("the gap in a batch", gap, List.of(behind)).is(200);
    String waivers = "/v1/classes/" + classId + "/gap-waivers";
    String waiver = "{'device':'%s','reason':'设备损坏'}".formatted(gap.name());
    story.post("a gap is not waited for", "authority", waivers).jsonOf(waiver).is(200);
    story.post("there is no gap any more", "authority", waivers).jsonOf(waiver).is(409);
    story.scan("the statement behind the gap", gap, behind).is(201);
    story.scan("the lost one comes too late", gap, lost).is(409);
    story.batch("the lost one in a batch", gap, List.of(lost)).is(200);
    story.post("no institution waives a gap", "institution", waivers).jsonOf(waiver).is(403);
  }

  private void signatures() throws Exception {
    story.group("11-signatures");
    story.now(LESSON.plusSeconds(90));
    for (String label : List.of("door", "hall", "yard")) {
      Device device = story.device(label);
      TestDevice.Tap tap = in(device, 9);
      story
          .scan(
              "somebody else's key: " + label,
              device,
              Forgery.resigned(tap, DeviceKey.of(device.key().suite(), "else"), Map.of()))
          .is(401);
      story
          .scan(
              "another card than the statement says: " + label,
              device,
              Forgery.showing(tap, "A00000001", "A00000002"))
          .inChinese()
          .is(401);
      story
          .scan(
              "a signature that is too short: " + label,
              device,
              Forgery.signed(tap, Forgery.signature(tap).substring(0, 84)))
          .is(401);
    }
    Device door = story.device("door");
    TestDevice.Tap tap = in(door, 9);
    story
        .scan(
            "another suite than the key's",
            door,
            Forgery.resigned(tap, door.key(), Map.of("$t", "vds1.p256")))
        .is(401);
    Device yard = story.device("yard");
    TestDevice.Tap ofYard = in(yard, 9);
    byte[] signature = yard.key().signature(Forgery.statement(ofYard), "ALICE123@YAHOO.COM");
    story
        .scan(
            "SM2 under another user id",
            yard,
            Forgery.signed(ofYard, RecordedNode.base64url(signature)))
        .is(401);
    String unknown = door.name().substring(0, 5) + "00000000000-1";
    story
        .scan(
            "a device that nobody enrolled",
            door,
            Forgery.resigned(tap, door.key(), Map.of("dev", unknown)))
        .is(403);
    story
        .scan(
            "an institution none of whose devices it is",
            door,
            Forgery.resigned(tap, door.key(), Map.of("dev", "DZZZZ0123456789X-1")))
        .is(403);
  }
}
