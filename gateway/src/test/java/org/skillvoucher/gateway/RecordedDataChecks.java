package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.RecordedStory.Device;

/** The requests that are sent to a node which starts on recorded data. */
final class RecordedDataChecks {
  private final RecordedStory story;
  private final RecordedData data;
  private final String many;
  private final String few;

  /** The devices go on as they did when the data was made. */
  RecordedDataChecks(RecordedStory story, RecordedData data, RecordedStory before) {
    this.story = story;
    this.data = data;
    many = data.classes().get(0);
    few = data.classes().get(1);
    story.take(before);
    story.now(RecordedData.THIRD.minusSeconds(600));
  }

  /** With all events. */
  void play(String group) throws Exception {
    story.group(group);
    found();
    sentAgain();
    goesOn("door", 1);
    lists();
  }

  /** With snapshots, and what came after them. */
  void playFromSnapshots(String group) throws Exception {
    story.group(group);
    story.get("the class", "institution", "/v1/classes/" + many).is(200);
    story.get("the institution", "authority", RecordedPreparation.SCHOOL).is(200);
    story.get("its devices", "authority", RecordedPreparation.SCHOOL + "/devices").is(200);
    story.get("the voucher", "authority", "/v1/vouchers/" + data.voucher(0)).is(200);
    goesOn("hall", 2);
  }

  private void found() throws Exception {
    for (String id : data.classes()) {
      String path = "/v1/classes/" + id;
      story.get("a class", "institution", path).is(200);
      story.get("its sheet", "institution", path + "/sheet").is(200);
      story.get("its sheet with names", "institution", path + "/sheet").accept("text/csv").is(200);
      story.get("its receipts", "auditor", "/v1/receipts?limit=200&classId=" + id).is(200);
      story
          .get("its first receipt", "auditor", path + "/receipts/1")
          .accept("application/octet-stream")
          .is(200);
    }
    long receipts =
        story
            .get("the class of many events", "auditor", "/v1/classes/" + many)
            .is(200)
            .path("receipts")
            .asLong();
    for (long i = 1; i <= receipts; i++) {
      story
          .get(
              "receipt %d from the journal".formatted(i),
              "auditor",
              "/v1/classes/" + many + "/receipts/" + i)
          .is(200);
    }
    story.get("the institution", "authority", RecordedPreparation.SCHOOL).is(200);
    story.get("another institution", "authority", RecordedPreparation.OTHER_SCHOOL).is(200);
    story.get("its devices", "authority", RecordedPreparation.SCHOOL + "/devices").is(200);
    for (int i = 0; i < 2; i++) {
      story.get("voucher %d".formatted(i), "authority", "/v1/vouchers/" + data.voucher(i)).is(200);
    }
    story.get("the certificates", "nobody", "/v1/keys").is(200);
    story.get("the journal", "auditor", "/v1/journal?limit=200").is(200);
  }

  private void sentAgain() throws Exception {
    for (var sent : data.sent().entrySet()) {
      String[] labelAndKey = sent.getKey().split(" ", -1);
      if (!labelAndKey[0].equals("late")) {
        Device device = story.device(labelAndKey[0]);
        story
            .scan("sent again: " + sent.getKey(), device, sent.getValue())
            .key(labelAndKey[1])
            .is(200);
        if (sent.getKey().endsWith("-1")) {
          story.scan("under another key: " + sent.getKey(), device, sent.getValue()).is(200);
        }
      }
    }
    story
        .post(
            "a sign-in sent again when its code is over",
            "platform",
            "/v1/classes/" + many + "/sign-ins")
        .key("in-7")
        .jsonOf(data.signIn())
        .is(410);
    story.batch("a batch sent again", story.device("yard"), data.batch()).is(200);
    story
        .post("a filing sent again", "institution", "/v1/classes")
        .key("many")
        .jsonOf(RecordedPreparation.filing(ClassOverHttp.SCHOOL, "990101", "many"))
        .is(201);
    Device late = story.device("late");
    TestDevice.Tap behind = Objects.requireNonNull(data.sent().get("late behind"));
    story.scan("what was behind a gap", late, behind).is(202);
    story
        .post("the gap is not waited for", "authority", "/v1/classes/" + many + "/gap-waivers")
        .jsonOf("{'device':'%s','reason':'设备损坏'}".formatted(late.name()))
        .is(200);
  }

  private void goesOn(String label, int person) throws Exception {
    Device device = story.device(label);
    TestDevice.Tap next = story.tap(device, RecordedData.PEOPLE.get(person), many, "L3", Act.IN);
    story.scan("the device goes on in the class of many events", device, next).key("next").is(201);
    story.scan("the same again", device, next).key("next").is(200);
    device.device().movedOn(next);
    TestDevice.Tap other = story.tap(device, RecordedData.PEOPLE.get(8), few, "L3", Act.IN);
    story.scan("and in the class of few", device, other).is(201);
    device.device().movedOn(other);
    story
        .post(
            "a correction is decided",
            "authority",
            "/v1/classes/" + many + "/corrections/" + data.correction() + "/decision")
        .jsonOf("{'decision':'declined','reason':'r'}")
        .is(200);
    for (int i = 0; i < 2; i++) {
      story
          .post(
              "voucher %d is frozen".formatted(i),
              "platform",
              "/v1/vouchers/" + data.voucher(i) + "/freeze")
          .jsonOf("{'reason':'挂失'}")
          .is(200);
    }
    story
        .post(
            "the institution has a new room", "institution", RecordedPreparation.SCHOOL + "/sites")
        .jsonOf("{'siteId':'S3','name':'n','address':'a','rooms':[{'roomId':'R1','name':'r'}]}")
        .is(200);
    story
        .post(
            "another institution has a site",
            "other-institution",
            RecordedPreparation.OTHER_SCHOOL + "/sites")
        .jsonOf("{'siteId':'S1','name':'n','address':'a','rooms':[{'roomId':'R1','name':'r'}]}")
        .is(200);
  }

  private void lists() throws Exception {
    JsonNode receipts =
        story
            .get(
                "the receipts with the new one",
                "auditor",
                "/v1/receipts?limit=200&classId=" + many)
            .settles();
    if (receipts.path("items").size() < 16) {
      throw new AssertionError("the read side does not follow: " + receipts);
    }
    for (String path :
        List.of(
            "/v1/classes/" + many + "/sheet",
            "/v1/classes/" + many + "/corrections",
            "/v1/flags",
            "/v1/evidence",
            "/v1/vouchers",
            "/v1/classes",
            "/v1/institutions",
            "/v1/audit")) {
      story
          .get("followed: " + path, path.equals("/v1/vouchers") ? "operator" : "auditor", path)
          .settles();
    }
  }
}
