package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;

/** The requests of a recording that give an approved class its people, vouchers and lessons. */
final class RecordedRosters {
  private static final List<Trainee> TRAINEES = RecordedPreparation.TRAINEES;
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final RecordedStory story;
  private final List<String> vouchers = new ArrayList<>();
  private final String classId;

  RecordedRosters(RecordedStory story, String classId) {
    this.story = story;
    this.classId = classId;
  }

  void play() throws Exception {
    rosters();
    vouchersOfTheRoster();
    lostVouchers();
    timetable();
  }

  private static String rows(int from, int until) {
    return TRAINEES.subList(from, until).stream()
        .map(trainee -> trainee.name() + "," + trainee.number() + "\r\n")
        .collect(Collectors.joining());
  }

  private void rosters() throws Exception {
    story.group("05-rosters");
    String path = "/v1/classes/" + classId + "/roster";
    String header = "姓名,社会保障号码\r\n";
    String faulty =
        "张三,99010119900315001\r\n李四,990101199003150043\r\n,99010119900315004X\r\n王五\r\n";
    story
        .post("a roster in UTF-8 with rows that are refused", "institution", path)
        .text("text/csv; charset=utf-8", "\uFEFF" + header + rows(0, 4) + faulty)
        .is(200);
    story
        .post("a roster in GB18030", "institution", path)
        .inChinese()
        .bytes(
            "text/csv; charset=gb18030",
            (header + rows(2, 8) + faulty).getBytes(Charset.forName("GB18030")))
        .is(200);
    story.post("a roster in XLSX", "institution", path).bytes(XLSX, workbook()).is(200);
    story
        .post("a roster that is no UTF-8", "institution", path)
        .bytes("text/csv; charset=utf-8", header.getBytes(Charset.forName("GB18030")))
        .is(422);
    story
        .post("a roster without its header", "institution", path)
        .text("text/csv", "a,b\n")
        .is(422);
    story.post("a workbook that is none", "institution", path).bytes(XLSX, new byte[9]).is(422);
    story
        .post("a roster in another character set", "institution", path)
        .text("text/csv; charset=big5", header)
        .is(415);
    story.post("a roster in JSON", "institution", path).jsonOf("{}").is(415);
    story
        .post("a roster of too many rows", "institution", path)
        .text("text/csv", header + "a,b\r\n".repeat(2001))
        .is(413);
  }

  private static byte[] workbook() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "test", "1.0")) {
      var sheet = workbook.newWorksheet("名册");
      sheet.value(0, 0, "姓名 name");
      sheet.value(0, 1, "社会保障号码 number");
      int row = 1;
      for (Trainee trainee : TRAINEES.subList(6, 13)) {
        sheet.value(row, 0, trainee.name());
        sheet.value(row++, 1, trainee.number());
      }
      sheet.value(row, 0, "张三");
      sheet.value(row, 1, 990101199003150015L);
      sheet.value(row + 1, 0, "李四");
    }
    return bytes.toByteArray();
  }

  private static String people(int from, int until) {
    return TRAINEES.subList(from, until).stream()
        .map(
            trainee ->
                "{'idType':'citizen_id','number':'%s','name':'%s'}"
                    .formatted(trainee.number(), trainee.name()))
        .collect(Collectors.joining(","));
  }

  private static String issue(String people) {
    return """
    {'region':'990101','occupation':'4-10-01-05','level':5,'expiresAt':'%s','people':[%s]}\
    """
        .formatted(RecordedStory.LESSON.plus(Duration.ofDays(30)), people);
  }

  private void vouchersOfTheRoster() throws Exception {
    story.group("06-vouchers");
    String all = "/v1/vouchers";
    String body =
        issue(
            people(0, 14)
                + ",{'idType':'citizen_id','number':'990101199003150043','name':'李四'},"
                + people(0, 1));
    JsonNode issued =
        story.post("vouchers are issued, some refused", "authority", all).jsonOf(body).is(200);
    issued.path("items").forEach(item -> vouchers.add(item.path("voucherId").asText()));
    story.post("vouchers of another region", "foreign-authority", all).jsonOf(body).is(403);
    story
        .post("a voucher that is valid for too long", "authority", all)
        .jsonOf(issue(people(0, 1)).replace("2026-04-01", "2027-04-01"))
        .is(200);
    String first = all + "/" + vouchers.get(0);
    story
        .post("only its holder claims a voucher", "platform", first + "/claim")
        .jsonOf(person(1))
        .is(409);
    story
        .post("a voucher is bound after it was claimed", "platform", first + "/binding")
        .jsonOf("{'classId':'%s'}".formatted(classId))
        .is(409);
    for (int i : List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)) {
      String one = all + "/" + vouchers.get(i);
      story
          .post("voucher %d is claimed".formatted(i), "platform", one + "/claim")
          .jsonOf(person(i))
          .is(200);
      story
          .post("voucher %d is bound".formatted(i), "platform", one + "/binding")
          .jsonOf("{'classId':'%s'}".formatted(classId))
          .is(200);
      int bound = Math.min(i + 1, 12);
      story
          .get(
              "the class knows of %d vouchers".formatted(bound),
              "institution",
              "/v1/classes/" + classId)
          .until(found -> found.path("vouchersBound").asInt() == bound);
    }
    story.get("a voucher", "platform", first).is(200);
    story.get("a voucher in another region", "foreign-authority", first).is(404);
  }

  private static String person(int trainee) {
    return "{'person':{'idType':'citizen_id','number':'%s'}}"
        .formatted(TRAINEES.get(trainee).number());
  }

  private void lostVouchers() throws Exception {
    String all = "/v1/vouchers";
    String lost = all + "/" + vouchers.get(13);
    story
        .post("a voucher is frozen", "platform", lost + "/freeze")
        .jsonOf("{'reason':'挂失'}")
        .is(200);
    story
        .post("a frozen voucher is not claimed", "platform", lost + "/claim")
        .inChinese()
        .jsonOf(person(13))
        .is(409);
    story.post("a voucher is unfrozen", "authority", lost + "/unfreeze").is(200);
    story.post("a voucher runs until its end", "authority", lost + "/expiry").is(409);
    story.post("a voucher is claimed", "platform", lost + "/claim").jsonOf(person(13)).is(200);
    story
        .post("a voucher is bound to a class that is there", "platform", lost + "/binding")
        .jsonOf("{'classId':'C404'}")
        .is(422);
    story
        .post("a voucher is cancelled", "authority", lost + "/cancellation")
        .jsonOf("{'reason':'重复发放'}")
        .is(200);
    story
        .post("a cancelled voucher stays so", "authority", lost + "/freeze")
        .jsonOf("{'reason':'r'}")
        .is(409);
    story.get("a voucher that is not there", "authority", all + "/V404").is(404);
    Instant before = story.now();
    story.now(RecordedStory.LESSON.plus(Duration.ofDays(31)));
    story.post("a voucher expires", "authority", all + "/" + vouchers.get(11) + "/expiry").is(200);
    story.now(before);
    story.get("the list of vouchers", "authority", all).settles();
    story.get("the list of bound vouchers", "authority", all + "?state=bound&limit=3").settles();
  }

  private static String lesson(int n, Instant at) {
    return """
    {'lessonId':'L%d','title':'护理','kind':'theory','startsAt':'%s','endsAt':'%s'}\
    """
        .formatted(n, at, at.plus(ClassOverHttp.LESSON_LENGTH));
  }

  private void timetable() throws Exception {
    story.group("07-timetable");
    String path = "/v1/classes/" + classId;
    story.post("a class without lessons does not open", "institution", path + "/opening").is(409);
    String first = lesson(1, RecordedStory.LESSON);
    String second = lesson(2, RecordedStory.LESSON.plus(Duration.ofHours(2)));
    String whole = "{'lessons':[" + first + "," + second + "]}";
    story.post("a timetable is set", "institution", path + "/timetable").jsonOf(whole).is(200);
    story
        .post("lessons overlap", "institution", path + "/timetable")
        .inChinese()
        .jsonOf(
            "{'lessons':[%s,%s]}"
                .formatted(first, lesson(2, RecordedStory.LESSON.plus(Duration.ofHours(1)))))
        .is(422);
    story
        .post("a lesson ends before it begins", "institution", path + "/timetable")
        .jsonOf(whole.replace("2026-03-02T02:30", "2026-03-02T00:30"))
        .is(422);
    story
        .post("a timetable that is none", "institution", path + "/timetable")
        .jsonOf("{'lessons':'L1'}")
        .is(422);
    String changed = whole.replace("护理", "照护");
    story
        .post("a timetable does not change without a reason", "institution", path + "/timetable")
        .jsonOf(changed)
        .is(422);
    story.post("a class opens", "institution", path + "/opening").jsonOf("{}").is(200);
    story
        .post("a timetable changes with a reason", "institution", path + "/timetable")
        .jsonOf(changed.replace("]}", "],'reason':'教师调整'}"))
        .is(200);
    story.post("lessons remain", "institution", path + "/closing").is(409);
    story.get("an open class", "authority", path).is(200);
  }
}
