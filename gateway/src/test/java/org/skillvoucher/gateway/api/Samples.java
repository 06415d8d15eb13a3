package org.skillvoucher.gateway.api;

import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.http.Json;
import org.skillvoucher.gateway.security.Role;

/** Valid requests, and the steps to the initial state of a test. */
public final class Samples {
  static final String MALE = "990101199003150015";
  static final String FEMALE = "990101199003150023";
  static final String ENDS_X = "99010119900315004X";

  static final String FILING =
      """
      {"institution":"52990101MA00XY0180","region":"990000","occupation":"4-10-01-05","level":5,
       "title":"养老护理员五级第一期",
       "plan":{"teachingPlan":"理论 16 学时，实操 24 学时","trainingMode":"集中面授",
               "assessmentMethod":"理论和实操考试","employmentMeasures":"推荐就业"},
       "venue":"一号教学楼 201 室",
       "teachers":[{"idType":"citizen_id","number":"990101199003150023","name":"李四"}],
       "textbooks":["养老护理员基础知识"],"traineesPlanned":30}
      """;

  static final String TIMETABLE =
      """
      {"lessons":[{"lessonId":"L01","title":"安全知识","kind":"theory",
        "startsAt":"2026-03-02T09:00:00+08:00","endsAt":"2026-03-02T10:30:00+08:00"}]}
      """;

  static final String ROSTER = "姓名,社会保障号码\n张三,990101199003150015\n";

  static final String ISSUE =
      """
      {"region":"990000","occupation":"4-10-01-05","level":5,"expiresAt":"2026-05-01T00:00:00+08:00",
       "people":[{"idType":"citizen_id","number":"990101199003150015","name":"张三"}]}
      """;

  /** The data read off a card. */
  static final String CARD =
      """
      {"way":"physical_card","salt":"AAAAAAAAAAAAAAAAAAAAAA",
       "record":"990100|990101199003150015|A00000001|990100D1560000050000000000000001|张三|||||||"}
      """;

  private Samples() {}

  /** A card's scan with a matching commitment; only its signature is invalid. */
  static String scan(String classId) {
    return scan(classId, CARD);
  }

  static String scan(String classId, String presented) {
    return scan(classId, presented, "1");
  }

  static String scan(String classId, String presented, String counter) {
    return """
        {"presented":PRESENTED,
         "statement":{"$t":"vds1.ed25519","act":"in","cls":"CLASS/L01","crd":"CRD","ctr":COUNTER,
                      "dev":"kiosk-1","ep":1,"lb":"","mono":0,"non":"","ph":"PREVIOUS",
                      "t":1772413200000},
         "signature":"SIGNATURE"}
        """
        .replace("PRESENTED", presented)
        .replace("CLASS", classId)
        .replace("CRD", commitment(presented))
        .replace("COUNTER", counter)
        .replace("PREVIOUS", "A".repeat(43))
        .replace("SIGNATURE", "A".repeat(86));
  }

  static String commitment(String presented) {
    return DeviceSignatures.hashText(
        DeviceSuite.ED25519, PresentedReader.canonical(Json.read(presented.getBytes(World.UTF_8))));
  }

  static String filedClass(World world) {
    return Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .json(FILING)
        .to(world)
        .is(201)
        .json()
        .path("classId")
        .asText();
  }

  public static String approvedClass(World world) {
    String id = filedClass(world);
    Ask.post("/v1/classes/" + id + "/approval")
        .by(Role.ISSUING_AUTHORITY)
        .json("{\"decision\":\"approved\"}")
        .to(world)
        .is(200);
    return id;
  }

  static String openClass(World world) {
    String id = approvedClass(world);
    Ask.post("/v1/classes/" + id + "/timetable")
        .by(Role.INSTITUTION)
        .json(TIMETABLE)
        .to(world)
        .is(200);
    Ask.post("/v1/classes/" + id + "/roster")
        .by(Role.INSTITUTION)
        .body("text/csv; charset=UTF-8", ROSTER.getBytes(World.UTF_8))
        .to(world)
        .is(200);
    Ask.post("/v1/classes/" + id + "/opening").by(Role.INSTITUTION).to(world).is(200);
    return id;
  }

  static String issuedVoucher(World world) {
    return Ask.post("/v1/vouchers")
        .by(Role.ISSUING_AUTHORITY)
        .json(ISSUE)
        .to(world)
        .is(200)
        .json()
        .at("/items/0/voucherId")
        .asText();
  }

  static String claimedVoucher(World world) {
    String id = issuedVoucher(world);
    Ask.post("/v1/vouchers/" + id + "/claim")
        .by(Role.CARD_PLATFORM)
        .json("{\"person\":{\"idType\":\"citizen_id\",\"number\":\"" + MALE + "\"}}")
        .to(world)
        .is(200);
    return id;
  }
}
