package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.device.DeviceKey;

/** The requests of a recording up to the opening of a class. */
final class RecordedPreparation {
  static final String SCHOOL = "/v1/institutions/" + ClassOverHttp.SCHOOL;
  static final String OTHER_SCHOOL = "/v1/institutions/" + GatewayFixture.OTHER_SCHOOL;
  static final List<Trainee> TRAINEES = Trainee.first(14);

  private final RecordedStory story;
  private String classId = "";

  RecordedPreparation(RecordedStory story) {
    this.story = story;
  }

  /** Everything until the class is open; returns its id. */
  String play() throws Exception {
    openPages();
    institutions();
    devices();
    filing();
    new RecordedRosters(story, classId).play();
    return classId;
  }

  private void openPages() throws Exception {
    story.group("01-open");
    story.get("the certificates of receipts are open to everybody", "nobody", "/v1/keys").is(200);
    story.get("the contract is open to everybody", "nobody", "/openapi.yaml").is(200);
    story.get("the contract has a page", "nobody", "/docs").is(200);
    for (String file : List.of("start.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
      story.get("the page has its file " + file, "nobody", "/docs/" + file).is(200);
    }
    story.get("another file of the page is not there", "nobody", "/docs/other.js").is(404);
  }

  private static String admission(String code, String region) {
    return """
    {'creditCode':'%s','region':'%s','name':'示范学校','qualification':'民办学校办学许可证','edition':2026}\
    """
        .formatted(code, region);
  }

  private void institutions() throws Exception {
    story.group("02-institutions");
    String all = "/v1/institutions";
    story.get("an institution that was not admitted is not there", "authority", SCHOOL).is(404);
    String school = admission(ClassOverHttp.SCHOOL, "990101");
    story.post("an institution is admitted", "authority", all).key("admit").jsonOf(school).is(201);
    story.post("the same request again", "authority", all).key("admit").jsonOf(school).is(201);
    story.post("the same admission under another key", "authority", all).jsonOf(school).is(200);
    story
        .post("the same key for another request", "authority", all)
        .key("admit")
        .jsonOf(admission(GatewayFixture.OTHER_SCHOOL, "990101"))
        .is(422);
    story
        .post("an institution is admitted otherwise", "authority", all)
        .jsonOf(school.replace("2026", "2025"))
        .is(409);
    String faulty =
        "{'creditCode':'52990101MA00XY0181','region':'9901','name':' ','edition':1,'more':true}";
    story.post("all faults of an admission", "authority", all).jsonOf(faulty).is(422);
    story
        .post("all faults of an admission in Chinese", "authority", all)
        .inChinese()
        .jsonOf(faulty)
        .is(422);
    story.post("no institution admits one", "institution", all).jsonOf(school).is(403);
    story
        .post("no authority admits one of another region", "foreign-authority", all)
        .jsonOf(school)
        .is(403);
    sites();
    stops();
    story.get("the list of institutions", "auditor", all).settles();
    story.get("a page of the list", "auditor", all + "?limit=1").is(200);
    story.get("an institution lists itself", "institution", all).is(200);
    story.get("an institution sees itself", "institution", SCHOOL).is(200);
    story.get("an institution sees no other", "other-institution", SCHOOL).inChinese().is(404);
    story.get("a code that no institution can have", "authority", all + "/X").is(404);
  }

  private void sites() throws Exception {
    String site =
        """
        {'siteId':'S1','name':'东区','address':'东路1号',
         'rooms':[{'roomId':'R1','name':'101'},{'roomId':'R2','name':'102'}]}\
        """;
    story.post("a site is put on file", "institution", SCHOOL + "/sites").jsonOf(site).is(200);
    story
        .post("a site without rooms", "institution", SCHOOL + "/sites")
        .jsonOf("{'siteId':'S 1','name':'n','address':'a','rooms':[]}")
        .is(422);
    story
        .post("a second site", "institution", SCHOOL + "/sites")
        .jsonOf("{'siteId':'S2','name':'西区','address':'西路2号','rooms':[{'roomId':'R1','name':'1'}]}")
        .is(200);
    story
        .post(
            "a site of an institution that was not admitted",
            "other-institution",
            OTHER_SCHOOL + "/sites")
        .jsonOf(site)
        .is(404);
  }

  private void stops() throws Exception {
    story
        .post(
            "an institution that was not admitted files no class",
            "other-institution",
            "/v1/classes")
        .jsonOf(filing(GatewayFixture.OTHER_SCHOOL, "990101", "t"))
        .is(403);
    String stop = "{'reason':'%s','evidence':'巡查记录','effectiveAt':'2026-03-01T09:00:00+08:00'}";
    story
        .post("an institution is suspended", "authority", SCHOOL + "/suspension")
        .jsonOf(stop.formatted("mismanagement"))
        .is(200);
    story
        .post("it is suspended already", "authority", SCHOOL + "/suspension")
        .jsonOf(stop.formatted("forged_material"))
        .is(409);
    story
        .post("no reason for a suspension", "authority", SCHOOL + "/suspension")
        .jsonOf(stop.formatted("site_unreachable"))
        .is(422);
    story
        .post("it is reinstated", "authority", SCHOOL + "/reinstatement")
        .jsonOf("{'reason':'整改完成'}")
        .is(200);
    story
        .post("it is not suspended", "authority", SCHOOL + "/reinstatement")
        .inChinese()
        .jsonOf("{'reason':'整改完成'}")
        .is(409);
    story
        .post("another institution is admitted", "authority", "/v1/institutions")
        .jsonOf(admission(GatewayFixture.OTHER_SCHOOL, "990101"))
        .is(201);
    story
        .post("it has a site", "other-institution", OTHER_SCHOOL + "/sites")
        .jsonOf("{'siteId':'S1','name':'n','address':'a','rooms':[{'roomId':'R1','name':'1'}]}")
        .is(200);
  }

  private void devices() throws Exception {
    story.group("03-devices");
    String all = SCHOOL + "/devices";
    String place = "{'siteId':'S1','roomId':'R1','name':'door'}";
    JsonNode invited =
        story.post("a device is invited", "institution", all).key("invite").jsonOf(place).is(201);
    story
        .post("the same invitation again has the same code", "institution", all)
        .key("invite")
        .jsonOf(place)
        .is(201);
    story
        .post("a device in a room that is not there", "institution", all)
        .jsonOf("{'siteId':'S1','roomId':'R9','name':'door'}")
        .is(404);
    String as = "code " + invited.path("enrolmentCode").asText();
    String name = invited.path("device").asText();
    String body = "{'device':'%s','publicKey':'%s'}";
    story.post("no key", as, "/v1/enrolments").jsonOf(body.formatted(name, "AAAA")).is(422);
    story.enrolled("door", DeviceSuite.ED25519, invited);
    String key = DeviceKey.of(DeviceSuite.ED25519, "door").publicKey();
    story
        .post("the same enrolment again", as, "/v1/enrolments")
        .jsonOf(body.formatted(name, key))
        .is(201);
    story
        .post("a code is good for one key", as, "/v1/enrolments")
        .jsonOf(body.formatted(name, DeviceKey.of(DeviceSuite.P256, "another").publicKey()))
        .is(409);
    story
        .post("a code that nobody was given", "code ABCD-EFGH-JKMN-PQRS", "/v1/enrolments")
        .jsonOf(body.formatted(name, key))
        .is(401);
    story.enrolled("hall", DeviceSuite.P256, "institution", ClassOverHttp.SCHOOL, "S1/R2");
    story.enrolled("yard", DeviceSuite.SM2, "institution", ClassOverHttp.SCHOOL, "S2/R1");
    story.enrolled("spare", DeviceSuite.ED25519, "institution", ClassOverHttp.SCHOOL, "S1/R1");
    story.enrolled(
        "other", DeviceSuite.P256, "other-institution", GatewayFixture.OTHER_SCHOOL, "S1/R1");
    livesOfDevices(all);
  }

  private void livesOfDevices(String all) throws Exception {
    String one = all + "/" + story.device("spare").id();
    String reason = "{'reason':'丢失'}";
    story.post("a device is suspended", "institution", one + "/suspension").jsonOf(reason).is(200);
    story
        .post("a device is reinstated", "authority", one + "/reinstatement")
        .jsonOf(reason)
        .is(200);
    JsonNode anew =
        story.post("a device is invited anew", "institution", one + "/invitation").is(201);
    story.enrolled("spare", DeviceSuite.SM2, anew);
    story.post("a device is revoked", "institution", one + "/revocation").jsonOf(reason).is(200);
    story
        .post("a revoked device stays revoked", "institution", one + "/reinstatement")
        .jsonOf(reason)
        .is(409);
    story.get("its token is none", story.device("spare").as(), "/v1/receipts?classId=C1").is(401);
    story
        .post("a device that is not there", "institution", all + "/D404/suspension")
        .jsonOf(reason)
        .is(404);
    story.get("the list of devices", "institution", all).is(200);
    JsonNode page = story.get("a page of devices", "auditor", all + "?limit=2").is(200);
    String cursor = page.path("nextCursor").asText();
    story.get("the next page", "auditor", all + "?limit=2&cursor=" + cursor).is(200);
  }

  static String filing(String school, String region, String title) {
    return """
    {'institution':'%s','region':'%s','occupation':'4-10-01-05','level':5,'title':'%s',
     'plan':{'teachingPlan':'p','trainingMode':'m','assessmentMethod':'a',
             'employmentMeasures':'e'},
     'venue':'东路1号','textbooks':['养老护理员'],'traineesPlanned':12,
     'teachers':[{'idType':'citizen_id','number':'990101198003150029','name':'李老师'}]}\
    """
        .formatted(school, region, title);
  }

  private void filing() throws Exception {
    story.group("04-classes");
    String all = "/v1/classes";
    String filing = filing(ClassOverHttp.SCHOOL, "990101", "养老护理员（五级）");
    classId =
        story
            .post("a class is filed", "institution", all)
            .key("file")
            .jsonOf(filing)
            .is(201)
            .path("classId")
            .asText();
    String one = all + "/" + classId;
    story.post("the same filing again", "institution", all).key("file").jsonOf(filing).is(201);
    story
        .post("parts of the filing are missing", "institution", all)
        .inChinese()
        .jsonOf(filing.replace("'p'", "''").replace("东路1号", ""))
        .is(422);
    story
        .post("all faults of a filing", "institution", all)
        .jsonOf(filing.replace("'level':5", "'level':6").replace("150029", "150028"))
        .is(422);
    story
        .post("a class of another institution", "institution", all)
        .jsonOf(filing.replace(ClassOverHttp.SCHOOL, GatewayFixture.OTHER_SCHOOL))
        .is(403);
    story.get("a filed class", "institution", one).is(200);
    story.get("nobody else's class", "other-institution", one).is(404);
    story
        .post("a filing goes back with a reason only", "authority", one + "/approval")
        .jsonOf("{'decision':'returned'}")
        .is(422);
    story
        .post("a class that is not approved has no roster", "institution", one + "/roster")
        .text("text/csv", "姓名,社会保障号码\n李四,99010119900315004X\n")
        .is(409);
    story
        .post("a filing is approved", "authority", one + "/approval")
        .jsonOf("{'decision':'approved'}")
        .is(200);
    story
        .post("an approved class is not returned", "authority", one + "/approval")
        .jsonOf("{'decision':'returned','reason':'材料不全'}")
        .is(409);
    returned(all);
    story.get("the list of classes", "auditor", all).settles();
    story.get("the list of approved classes", "auditor", all + "?state=approved").settles();
    story.get("a state that is none", "auditor", all + "?state=new").inChinese().is(422);
    story.get("a parameter that is none", "auditor", all + "?colour=red").is(422);
  }

  private void returned(String all) throws Exception {
    String other =
        story
            .post("another class is filed", "institution", all)
            .key("file-returned")
            .jsonOf(filing(ClassOverHttp.SCHOOL, "990101", "保育师"))
            .is(201)
            .path("classId")
            .asText();
    story
        .post("its filing goes back", "authority", all + "/" + other + "/approval")
        .jsonOf("{'decision':'returned','reason':'材料不全'}")
        .is(200);
    story
        .post("the other institution files a class", "other-institution", all)
        .jsonOf(filing("91990101MA00XY018Y", "990101", "t").replace("'t'", "'u'"))
        .is(201);
    story
        .post("the institution leaves the directory", "authority", OTHER_SCHOOL + "/exit")
        .jsonOf(
            "{'reason':'poor_management','evidence':'e','effectiveAt':'2026-03-01T09:00:00+08:00'}")
        .is(200);
    story
        .post("then it files no class", "other-institution", all)
        .jsonOf(filing(GatewayFixture.OTHER_SCHOOL, "990101", "v"))
        .is(403);
  }
}
