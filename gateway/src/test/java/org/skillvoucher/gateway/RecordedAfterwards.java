package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.RecordedStory.Device;

/** The requests of a recording after the lessons, and those that no route carries out. */
final class RecordedAfterwards {
  private static final Instant OVER = RecordedStory.LESSON.plus(Duration.ofHours(5));
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final RecordedStory story;
  private final String classId;
  private final String one;

  RecordedAfterwards(RecordedStory story, String classId) {
    this.story = story;
    this.classId = classId;
    this.one = "/v1/classes/" + classId;
  }

  void play() throws Exception {
    strictRegion();
    corrections();
    flags();
    closing();
    sheets();
    receipts();
    evidence();
    journal();
    problems();
    management();
  }

  /** A class where the region refuses two sites at once and closes no gap by itself. */
  private void strictRegion() throws Exception {
    story.group("16-strict-region");
    story.now(RecordedStory.FILED);
    String id =
        story
            .post("a class of a strict region is filed", "institution", "/v1/classes")
            .jsonOf(
                RecordedPreparation.filing(ClassOverHttp.SCHOOL, RecordedNode.STRICT_REGION, "严"))
            .is(201)
            .path("classId")
            .asText();
    String path = "/v1/classes/" + id;
    story
        .post("it is approved", "authority", path + "/approval")
        .jsonOf("{'decision':'approved'}")
        .is(200);
    story
        .post("its roster is too long", "institution", path + "/roster")
        .text("text/csv", csv(0, 4))
        .inChinese()
        .is(409);
    story.post("its roster", "institution", path + "/roster").text("text/csv", csv(0, 2)).is(200);
    story
        .post("its timetable", "institution", path + "/timetable")
        .jsonOf(GatewayFixture.timetable("t", ""))
        .is(200);
    story.post("it opens", "institution", path + "/opening").is(200);
    story.now(RecordedStory.LESSON);
    Trainee who = RecordedPreparation.TRAINEES.get(0);
    Device hall = story.device("hall");
    Device yard = story.device("yard");
    story
        .post("a spot check", "authority", path + "/spot-checks")
        .jsonOf("{'lessonId':'L1','minutes':45}")
        .is(201);
    story.kept("a scan in the east", hall, story.tap(hall, who, id, "L1", Act.IN));
    story.now(RecordedStory.LESSON.plusSeconds(60));
    story
        .scan("a minute later in the west", yard, story.tap(yard, who, id, "L1", Act.CHECK))
        .is(409);
    yard.device().captured(who, new TestDevice.Place(id, "L1", Act.CHECK, story.now()));
    story.now(RecordedStory.LESSON.plusSeconds(600));
    story.scan("a statement is missing", yard, story.tap(yard, who, id, "L1", Act.CHECK)).is(202);
    story.now(OVER);
    story.post("a class with a gap does not close", "institution", path + "/closing").is(409);
    story
        .post("a lesson that has begun does not change", "institution", path + "/timetable")
        .jsonOf(GatewayFixture.timetable("u", ",'reason':'r'"))
        .is(422);
  }

  private static String csv(int from, int until) {
    StringBuilder csv = new StringBuilder("name,number\n");
    RecordedPreparation.TRAINEES
        .subList(from, until)
        .forEach(who -> csv.append(who.name()).append(',').append(who.number()).append('\n'));
    return csv.toString();
  }

  private RecordedStory.Request propose(String title, String as, String person, String kind) {
    return story
        .post(title, as, one + "/corrections")
        .jsonOf(
            "{'person':'%s','lesson':'L2','kind':'%s','reason':'读卡器故障'}".formatted(person, kind));
  }

  private RecordedStory.Request decide(String title, String as, String id, String decision) {
    return story
        .post(title, as, one + "/corrections/" + id + "/decision")
        .jsonOf("{'decision':'%s','reason':'已核对录像'}".formatted(decision));
  }

  private void corrections() throws Exception {
    story.group("17-corrections");
    story.now(OVER);
    JsonNode sheet = story.get("the sheet before", "institution", one + "/sheet").settles();
    String person = sheet.at("/lines/10/person").asText();
    story.now(RecordedStory.LESSON.plus(Duration.ofHours(3)));
    propose("a lesson that is not over", "institution", person, "back_fill").is(409);
    story.now(OVER);
    String id =
        propose("a correction is proposed", "institution", person, "back_fill")
            .key("correct")
            .is(201)
            .path("correctionId")
            .asText();
    propose("the same request again", "institution", person, "back_fill").key("correct").is(201);
    decide("who proposed does not decide", "institution", id, "approved").is(403);
    decide("who proposed does not decide, in Chinese", "institution", id, "approved")
        .inChinese()
        .is(403);
    decide("no second person of the institution approves", "deputy", id, "approved").is(403);
    decide("the authority approves", "authority", id, "approved").is(200);
    decide("it is settled", "authority", id, "declined").is(409);
    decide("no such correction", "authority", "K404", "approved").is(404);
    String other =
        propose(
                "another correction",
                "institution",
                sheet.at("/lines/9/person").asText(),
                "amendment")
            .is(201)
            .path("correctionId")
            .asText();
    story
        .post("a class with a pending correction does not close", "institution", one + "/closing")
        .is(409);
    decide("it is declined", "authority", other, "declined").is(200);
    propose("nobody of the roster", "institution", "A".repeat(43), "back_fill").is(403);
    propose("all faults", "institution", "me", "none").is(422);
    story.get("the list of corrections", "auditor", one + "/corrections").settles();
    story.get("a page of corrections", "auditor", one + "/corrections?limit=1").is(200);
  }

  private void flags() throws Exception {
    story.group("18-flags");
    JsonNode flags =
        story
            .get("the flags of a class", "authority", "/v1/flags?limit=200&classId=" + classId)
            .settles();
    String gap = "";
    for (JsonNode flag : flags.path("items")) {
      if (flag.path("kind").asText().equals("tap_rate")) {
        gap = flag.path("flagId").asText();
      }
    }
    story.get("one flag", "institution", "/v1/flags/" + gap).is(200);
    story.get("another institution's flag", "other-institution", "/v1/flags/" + gap).is(404);
    story.get("flags of a kind", "auditor", "/v1/flags?kind=counter_fork").settles();
    story.get("a kind that is none", "auditor", "/v1/flags?kind=none").is(422);
    String decision = one + "/flags/" + gap + "/decision";
    String body = "{'decision':'dismissed','reason':'演练'}";
    story.post("no institution decides a flag", "institution", decision).jsonOf(body).is(403);
    story.post("a flag is dismissed", "authority", decision).jsonOf(body).is(200);
    story
        .post("a flag that is not there", "authority", one + "/flags/F404/decision")
        .jsonOf(body)
        .is(404);
    story.get("the dismissed flag", "authority", "/v1/flags?state=dismissed").settles();
  }

  private void closing() throws Exception {
    story.group("19-closing");
    story.now(OVER);
    story.post("no auditor closes a class", "auditor", one + "/closing").is(403);
    story.post("a class closes", "institution", one + "/closing").key("close").is(200);
    story.post("the same request again", "institution", one + "/closing").key("close").is(200);
    story.post("a closed class is closed", "institution", one + "/opening").inChinese().is(409);
    story.get("the vouchers afterwards", "authority", "/v1/vouchers").settles();
    story.get("the classes afterwards", "institution", "/v1/classes").settles();
    story.get("all flags afterwards", "auditor", "/v1/flags?limit=200").settles();
  }

  private void sheets() throws Exception {
    story.group("20-sheets");
    String path = one + "/sheet";
    story.get("the sheet", "institution", path).settles();
    JsonNode page = story.get("a page of the sheet", "authority", path + "?limit=5").is(200);
    story
        .get(
            "the next page",
            "authority",
            path + "?limit=5&cursor=" + page.path("nextCursor").asText())
        .is(200);
    story.get("the sheet as CSV", "institution", path).accept("text/csv").is(200);
    story.get("the sheet as XLSX", "institution", path).accept(XLSX).is(200);
    story.get("an auditor's CSV has no names", "auditor", path).accept("text/csv").is(200);
    story.get("an auditor's XLSX has no names", "auditor", path).accept(XLSX).is(200);
    story.get("a file has no pages", "institution", path + "?limit=5").accept("text/csv").is(422);
    story
        .get("a type that is not on offer", "institution", path)
        .accept("text/html")
        .inChinese()
        .is(406);
    story.get("a cursor of another list", "institution", path + "?cursor=AAAA").is(422);
  }

  private void receipts() throws Exception {
    story.group("21-receipts");
    String list = "/v1/receipts?classId=" + classId;
    JsonNode receipts = story.get("the receipts of a class", "auditor", list).settles();
    String id = receipts.at("/items/0/receiptId").asText();
    JsonNode page = story.get("a page of receipts", "institution", list + "&limit=3").is(200);
    story
        .get(
            "the next page",
            "institution",
            list + "&limit=3&cursor=" + page.path("nextCursor").asText())
        .is(200);
    story.get("a receipt by its id", "auditor", "/v1/receipts/" + id).is(200);
    story
        .get("the same as bytes", "auditor", "/v1/receipts/" + id)
        .accept("application/octet-stream")
        .is(200);
    story.get("nobody else's receipt", "other-institution", "/v1/receipts/" + id).is(404);
    story.get("receipts of no class", "auditor", "/v1/receipts").is(422);
  }

  private void evidence() throws Exception {
    story.group("22-evidence");
    String list = "/v1/evidence";
    String id =
        story
            .get(
                "evidence that was refused downstream is parked",
                "authority",
                list + "?state=parked")
            .settles()
            .at("/items/0/evidenceId")
            .asText();
    story.get("the whole of it", "auditor", list + "/" + id).is(200);
    story.get("evidence of another region", "foreign-authority", list + "/" + id).is(404);
    story.post("no authority sends it again", "authority", list + "/" + id + "/retry").is(403);
    story.post("it is sent again", "operator", list + "/" + id + "/retry").is(202);
    story.get("then it is delivered", "operator", list + "?classId=" + classId).settles();
    story.get("evidence that is not there", "auditor", list + "/E404").is(404);
    story.get("the audit", "operator", "/v1/audit").settles();
    story.get("no authority audits", "authority", "/v1/audit").is(403);
  }

  private void journal() throws Exception {
    story.group("23-journal");
    JsonNode page =
        story.get("the journal from the beginning", "auditor", "/v1/journal?limit=8").is(200);
    story
        .get(
            "the next page",
            "auditor",
            "/v1/journal?limit=8&cursor=" + page.path("nextCursor").asText())
        .is(200);
    story.get("the end of the journal", "auditor", "/v1/journal?from=end").is(200);
    story.get("no authority reads it", "authority", "/v1/journal").is(403);
    story.get("the end has no cursor", "auditor", "/v1/journal?from=end&cursor=AAAA").is(422);
    story.get("a cursor that is none", "auditor", "/v1/journal?cursor=AAAA").is(422);
  }

  private void problems() throws Exception {
    story.group("24-problems");
    String all = "/v1/classes";
    for (String language : List.of("en", "zh")) {
      String in = " (" + language + ")";
      story.get("no token" + in, "nobody", all).header("Accept-Language", language).is(401);
      story
          .get("a token of nobody" + in, "stranger " + RecordedNode.token("stranger"), all)
          .header("Accept-Language", language)
          .is(401);
      story
          .get("a role that may not" + in, "platform", all)
          .header("Accept-Language", language)
          .is(403);
      story
          .get("no such address" + in, "auditor", "/v1/none")
          .header("Accept-Language", language)
          .is(404);
      story
          .with("DELETE", "no such method" + in, "auditor", all)
          .header("Accept-Language", language)
          .is(405);
      story
          .get("no such type" + in, "auditor", all)
          .accept("text/csv")
          .header("Accept-Language", language)
          .is(406);
      story
          .post("no JSON" + in, "institution", all)
          .text("text/plain", "{}")
          .header("Accept-Language", language)
          .is(415);
      story
          .post("JSON that is broken" + in, "institution", all)
          .jsonOf("{'a':")
          .header("Accept-Language", language)
          .is(400);
      story
          .post("a body that is too large" + in, "institution", all)
          .jsonOf("{'a':'{fill-131072}'}")
          .header("Accept-Language", language)
          .is(413);
      story
          .post("a body that is no object" + in, "institution", all)
          .jsonOf("[]")
          .header("Accept-Language", language)
          .is(400);
    }
    story.post("a member that comes twice", "institution", all).jsonOf("{'a':1,'a':2}").is(400);
    story
        .post("a body that is no UTF-8", "institution", all)
        .bytes("application/json", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
        .is(400);
    story
        .post("a body that is packed", "institution", all)
        .jsonOf("{}")
        .header("Content-Encoding", "gzip")
        .is(415);
    story.get("an address that is too long", "auditor", all + "?state={fill-9000}").is(414);
    story
        .get("headers that are too large", "auditor", all)
        .header("X-More", "{fill-20000}")
        .is(431);
    story.get("a parameter that comes twice", "auditor", all + "?limit=1&limit=2").is(422);
    story.get("a limit that is none", "auditor", all + "?limit=0").is(422);
    story.with("HEAD", "HEAD is answered as GET", "auditor", all).is(200);
  }

  private void management() throws Exception {
    story.group("25-management");
    for (String path : List.of("live", "ready", "started")) {
      story.get("health: " + path, "nobody", "management/health/" + path).settles();
    }
    story.get("metrics", "nobody", "management/metrics").is(200);
    story.get("no such address", "nobody", "management/none").is(404);
    story.get("the clock moves in development only", "nobody", "management/dev/clock").is(404);
  }
}
