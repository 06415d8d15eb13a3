package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.api.Ask;
import org.skillvoucher.gateway.cardplatform.StubPlatform;
import org.skillvoucher.gateway.device.DeviceKey;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/**
 * A whole gateway with an open class of many people, so that each test takes a person and a device
 * of its own; every answer over its real port is validated against the contract.
 */
final class GatewayFixture implements AutoCloseable {
  static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  static final String OTHER_SCHOOL = "91990101MA00XY018Y";
  static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";

  /** Where a tap far from the last one is refused, and no voucher is needed. */
  static final String STRICT_REGION = "990201";

  private static final Instant FILED = LESSON.minus(Duration.ofDays(1));
  private static final int PEOPLE = 40;

  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);
  private final StubPlatform platform = new StubPlatform(GatewayFixture::platformAnswer);
  private final List<Trainee> people = Trainee.first(PEOPLE + 1);
  private final TestNode node;
  private final ClassOverHttp.Credentials tokens;
  private final ClassOverHttp client;
  private final String classId;
  private int peopleTaken;
  private int devicesTaken;

  GatewayFixture(Path folder) throws Exception {
    node =
        TestNode.start(
            TestPostgres.freshDatabase(),
            platform,
            folder.resolve("keys"),
            now::get,
            Map.of(),
            rules(folder.resolve("rules")));
    tokens = node.credentials();
    client = node.client(tokens, LESSON);
    classId = client.untilOpen(PEOPLE, 1);
    now.set(LESSON);
  }

  private static Path rules(Path folder) throws IOException {
    String pack =
        Files.readString(TestPostgres.configFolder().resolve("rules/990000/2025-01-01.properties"));
    write(folder.resolve("990000"), pack);
    write(
        folder.resolve(STRICT_REGION),
        pack.replace("region = 990000", "region = " + STRICT_REGION)
            .replace("velocity-refused = false", "velocity-refused = true")
            .replace("voucher-at-door = required", "voucher-at-door = not_needed"));
    return folder;
  }

  private static void write(Path region, String pack) throws IOException {
    Files.createDirectories(region);
    Files.writeString(region.resolve("2025-01-01.properties"), pack);
  }

  /** The number of a card, or a code, names the platform's outcome. */
  private static void platformAnswer(
      com.sun.net.httpserver.HttpExchange exchange, StubPlatform.Asked asked) throws IOException {
    String code = asked.plain().path("code").asText();
    String card = asked.plain().path("cardNumber").asText();
    Map<String, String> fields =
        code.startsWith("OK-")
            ? Map.of(
                "outcome", "OK",
                "reference", "R1",
                "idType", "citizen_id",
                "number", code.substring(3),
                "name", "学员")
            : Map.of(
                "outcome",
                code.isEmpty() ? (card.startsWith("A0") ? "OK" : card) : code,
                "reference",
                "R1",
                "usedBy",
                "somebody else");
    StubPlatform.fields(fields).answer(exchange, asked);
  }

  /** Business time; tests begin at the lesson's start. */
  void now(Instant at) {
    now.set(at);
  }

  String classId() {
    return classId;
  }

  String authority() {
    return tokens.authority();
  }

  String institution() {
    return tokens.institution();
  }

  String platformToken() {
    return tokens.platform();
  }

  /** A second token of the same institution. */
  String deputy() {
    return node.token(
        Role.INSTITUTION, new Caller.Scope.OfInstitution(new CreditCode(ClassOverHttp.SCHOOL)));
  }

  String tokenOfOtherSchool(Role role) {
    return node.token(role, new Caller.Scope.OfInstitution(new CreditCode(OTHER_SCHOOL)));
  }

  /** A person on the roster that no other test uses. */
  Trainee trainee() {
    return people.get(peopleTaken++);
  }

  /** On no roster. */
  Trainee stranger() {
    return people.getLast();
  }

  private static byte[] roster(Trainee who) {
    return "姓名,社会保障号码\n%s,%s\n".formatted(who.name(), who.number()).getBytes(UTF_8);
  }

  /** A device and its key. */
  record Enrolled(TestDevice device, DeviceKey key) {
    String id() {
      return device.name().substring(0, device.name().lastIndexOf('-'));
    }
  }

  Enrolled device() throws Exception {
    return device(DeviceSuite.ED25519);
  }

  /** A device in the usual room that no other test uses. */
  Enrolled device(DeviceSuite suite) throws Exception {
    String label = "device-" + ++devicesTaken;
    return new Enrolled(client.enrol(label, suite), DeviceKey.of(suite, label));
  }

  /** A device at a site of any institution. */
  Enrolled device(String institutionToken, String school, String site) {
    String label = "device-" + ++devicesTaken;
    ask("/v1/institutions/" + school + "/sites", institutionToken)
        .jsonOf(
            "{'siteId':'%s','name':'n','address':'a','rooms':[{'roomId':'R1','name':'r'}]}"
                .formatted(site))
        .over(api())
        .is(200);
    JsonNode invited =
        ask("/v1/institutions/" + school + "/devices", institutionToken)
            .jsonOf("{'siteId':'%s','roomId':'R1','name':'%s'}".formatted(site, label))
            .over(api())
            .is(201)
            .json();
    DeviceKey key = DeviceKey.of(DeviceSuite.P256, label);
    JsonNode enrolled =
        ask("/v1/enrolments", invited.path("enrolmentCode").asText())
            .jsonOf(
                "{'device':'%s','publicKey':'%s'}"
                    .formatted(invited.path("device").asText(), key.publicKey()))
            .over(api())
            .is(201)
            .json();
    return new Enrolled(
        new TestDevice(enrolled.path("device").asText(), key, enrolled.path("token").asText()),
        key);
  }

  /** Of the usual institution, at its other site. */
  Enrolled deviceFarAway() {
    return device(institution(), ClassOverHttp.SCHOOL, "S2");
  }

  /** Of another institution, which is admitted for it. */
  Enrolled otherSchoolsDevice() {
    ask("/v1/institutions", authority())
        .jsonOf(
            """
            {'creditCode':'%s','region':'990101','name':'另一所学校','qualification':'q','edition':2026}
            """
                .formatted(OTHER_SCHOOL))
        .over(api());
    return device(tokenOfOtherSchool(Role.INSTITUTION), OTHER_SCHOOL, "S1");
  }

  TestDevice.Place in() {
    return new TestDevice.Place(classId, "L1", Act.IN, now.get());
  }

  TestDevice.Place at(Act act, Instant at) {
    return new TestDevice.Place(classId, "L1", act, at);
  }

  String api() {
    return node.apiAddress();
  }

  Ask ask(String path, String token) {
    return Ask.post(path).token(token);
  }

  Answer get(String path, String token) {
    return Ask.get(path).token(token).over(api());
  }

  /** To the class the statement names, under a new key. */
  Ask scan(Enrolled by, TestDevice.Tap tap) {
    return ask("/v1/classes/" + tap.classId() + "/scans", by.device().token()).json(tap.body());
  }

  Answer sent(Enrolled by, TestDevice.Tap tap) {
    return scan(by, tap).over(api());
  }

  /** Records a scan "in", and continues the device's chain. */
  TestDevice.Tap recorded(Enrolled by, Trainee who) {
    TestDevice.Tap tap = by.device().captured(who, in());
    sent(by, tap).is(201);
    return tap;
  }

  /** Sends a batch of one; returns its outcome. */
  JsonNode batched(Enrolled by, TestDevice.Tap tap) {
    return ask("/v1/statement-batches", by.device().token())
        .json("{\"items\":[" + tap.body() + "]}")
        .over(api())
        .is(200)
        .json()
        .at("/items/0");
  }

  /** Files a class of this number of trainees for another region, as far as its approval. */
  String filed(String region, String token, String school) {
    return ask("/v1/classes", token)
        .jsonOf(
            """
            {'institution':'%s','region':'%s','occupation':'4-10-01-05','level':5,'title':'t',
             'plan':{'teachingPlan':'p','trainingMode':'m','assessmentMethod':'a',
                     'employmentMeasures':'e'},
             'venue':'hall','textbooks':['book'],'traineesPlanned':1,
             'teachers':[{'idType':'citizen_id','number':'990101199003150023','name':'李老师'}]}
            """
                .formatted(school, region))
        .over(api())
        .is(201)
        .json()
        .path("classId")
        .asText();
  }

  /** A voucher of this person, claimed and bound to nothing yet. */
  String voucher(Trainee who) {
    return voucher(who, "990101");
  }

  /** One of this region: a person has one of each region, occupation, level and year. */
  String voucher(Trainee who, String region) {
    String id =
        ask("/v1/vouchers", authority())
            .jsonOf(
                """
                {'region':'%s','occupation':'4-10-01-05','level':5,'expiresAt':'%s',
                 'people':[{'idType':'citizen_id','number':'%s','name':'%s'}]}
                """
                    .formatted(region, LESSON.plus(Duration.ofDays(30)), who.number(), who.name()))
            .over(api())
            .is(200)
            .json()
            .at("/items/0/voucherId")
            .asText();
    ask("/v1/vouchers/" + id + "/claim", platformToken())
        .jsonOf("{'person':{'idType':'citizen_id','number':'%s'}}".formatted(who.number()))
        .over(api())
        .is(200);
    return id;
  }

  Ask bind(String voucher, String toClass) {
    return ask("/v1/vouchers/" + voucher + "/binding", platformToken())
        .jsonOf("{'classId':'%s'}".formatted(toClass));
  }

  /** Waits until this many vouchers are bound to a class. */
  void awaitVouchers(String ofClass, int count) throws Exception {
    String path = "/v1/classes/" + ofClass;
    ClassOverHttp.await(() -> get(path, authority()).json().path("vouchersBound").asInt() == count);
  }

  /** The latest flag of a kind about the usual class, once there is one. */
  JsonNode awaitFlag(String kind) throws Exception {
    String path = "/v1/flags?classId=" + classId + "&kind=" + kind;
    ClassOverHttp.await(() -> get(path, authority()).is(200).json().at("/items/0").isObject());
    return get(path, authority()).json().at("/items/0");
  }

  /** An open class of one person in that region, with the usual lesson. */
  String open(String region, Trainee who) {
    now.set(FILED);
    String id = filed(region, institution(), ClassOverHttp.SCHOOL);
    String path = "/v1/classes/" + id;
    ask(path + "/approval", authority()).jsonOf("{'decision':'approved'}").over(api()).is(200);
    ask(path + "/roster", institution())
        .body("text/csv; charset=utf-8", roster(who))
        .over(api())
        .is(200);
    ask(path + "/timetable", institution()).jsonOf(timetable("t", "")).over(api()).is(200);
    ask(path + "/opening", institution()).over(api()).is(200);
    now.set(LESSON);
    return id;
  }

  /** The one lesson, with a title and further members. */
  static String timetable(String title, String more) {
    return """
        {'lessons':[{'lessonId':'L1','title':'%s','kind':'theory','startsAt':'%s','endsAt':'%s'}]%s}
        """
        .formatted(title, LESSON, LESSON.plus(ClassOverHttp.LESSON_LENGTH), more);
  }

  @Override
  public void close() {
    node.close();
    platform.close();
  }
}
