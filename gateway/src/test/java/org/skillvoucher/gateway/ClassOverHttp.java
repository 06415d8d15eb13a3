package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.device.DeviceKey;

/** One class over HTTP, from the institution's admission to its scans. */
final class ClassOverHttp {
  static final String SCHOOL = "52990101MA00XY0180";
  static final Trainee TEACHER = new Trainee("990101198003150029", "李老师");
  static final Duration LESSON_LENGTH = Duration.ofMinutes(90);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;
  private final Credentials tokens;
  private final Instant firstLesson;
  private final Map<String, TestDevice> devices;
  private final Map<String, TestDevice.Tap> taps;

  /**
   * At the gateway with this address.
   *
   * @param firstLesson when the class's first lesson of 90 minutes begins, in whole seconds
   */
  ClassOverHttp(String api, Credentials tokens, Instant firstLesson) {
    this(api, tokens, firstLesson, new HashMap<>(), new HashMap<>());
  }

  private ClassOverHttp(
      String api,
      Credentials tokens,
      Instant firstLesson,
      Map<String, TestDevice> devices,
      Map<String, TestDevice.Tap> taps) {
    this.api = api;
    this.tokens = tokens;
    this.firstLesson = firstLesson;
    this.devices = devices;
    this.taps = taps;
  }

  /** One bearer token for each role needed; devices get theirs by enrolling. */
  record Credentials(String authority, String institution, String platform) {}

  /** The same devices on another gateway, or on the same one started again. */
  ClassOverHttp movedTo(String otherApi) {
    return new ClassOverHttp(otherApi, tokens, firstLesson, devices, taps);
  }

  /** Everything before the first lesson of a class of one; returns the class's id. */
  String untilOpen() throws Exception {
    return untilOpen(1, 1);
  }

  /** With this many people and lessons, which begin every two hours. */
  String untilOpen(int people, int lessons) throws Exception {
    admit();
    List<Trainee> trainees = Trainee.first(people);
    String classId = file(people);
    String path = "/v1/classes/" + classId;
    expect(
        200,
        post(tokens.authority(), path + "/approval", "approve", "{\"decision\":\"approved\"}"));
    expect(
        200,
        send(
            tokens.institution(),
            path + "/roster",
            "roster",
            "text/csv; charset=utf-8",
            trainees.stream()
                .map(trainee -> trainee.name() + "," + trainee.number() + "\n")
                .collect(Collectors.joining("", "姓名,社会保障号码\n", ""))));
    bindVouchers(classId, trainees);
    expect(
        200,
        post(
            tokens.institution(),
            path + "/timetable",
            "timetable",
            IntStream.rangeClosed(1, lessons)
                .mapToObj(this::lessonBody)
                .collect(Collectors.joining(",", "{\"lessons\":[", "]}"))));
    await(() -> get(tokens.institution(), path).body().contains("\"vouchersBound\":" + people));
    expect(200, post(tokens.institution(), path + "/opening", "open", "{}"));
    return classId;
  }

  /** When a lesson, counted from 1, begins. */
  Instant lesson(int n) {
    return firstLesson.plus(Duration.ofHours(2L * (n - 1)));
  }

  private String lessonBody(int n) {
    return """
        {"lessonId":"L%d","title":"t","kind":"theory","startsAt":"%s","endsAt":"%s"}"""
        .formatted(n, lesson(n), lesson(n).plus(LESSON_LENGTH));
  }

  private String file(int people) throws Exception {
    return json(post(
            tokens.institution(),
            "/v1/classes",
            "file",
            """
            {"institution":"%s","region":"990101",
             "occupation":"4-10-01-05","level":5,"title":"养老护理员",
             "plan":{"teachingPlan":"p","trainingMode":"m","assessmentMethod":"a",
                     "employmentMeasures":"e"},
             "venue":"hall","textbooks":["book"],"traineesPlanned":%d,
             "teachers":[{"idType":"citizen_id","number":"990101198003150029",
                          "name":"李老师"}]}"""
                .formatted(SCHOOL, people)))
        .get("classId")
        .asText();
  }

  /** The institution, its one site, and one device at the door of its room. */
  private void admit() throws Exception {
    json(
        post(
            tokens.authority(),
            "/v1/institutions",
            "admit",
            """
            {"creditCode":"%s","region":"990101","name":"示范学校","qualification":"licence",
             "edition":2026}"""
                .formatted(SCHOOL)));
    expect(
        200,
        post(
            tokens.institution(),
            "/v1/institutions/" + SCHOOL + "/sites",
            "site",
            """
            {"siteId":"S1","name":"东区","address":"东路1号",
             "rooms":[{"roomId":"R1","name":"101"},{"roomId":"R2","name":"102"}]}"""));
    enrol("door", DeviceSuite.ED25519);
  }

  /** The name of a device to be, and the code it enrols with. */
  JsonNode invite(String label) throws Exception {
    return json(
        post(
            tokens.institution(),
            "/v1/institutions/" + SCHOOL + "/devices",
            "invite-" + label,
            "{\"siteId\":\"S1\",\"roomId\":\"R1\",\"name\":\"%s\"}".formatted(label)));
  }

  /** Invites a device and enrols it. */
  TestDevice enrol(String label, DeviceSuite suite) throws Exception {
    JsonNode invited = invite(label);
    DeviceKey key = DeviceKey.of(suite, label);
    JsonNode enrolled =
        json(
            post(
                invited.get("enrolmentCode").asText(),
                "/v1/enrolments",
                "enrol",
                "{\"device\":\"%s\",\"publicKey\":\"%s\"}"
                    .formatted(invited.get("device").asText(), key.publicKey())));
    var device =
        new TestDevice(enrolled.get("device").asText(), key, enrolled.get("token").asText());
    devices.put(label, device);
    return device;
  }

  /** The device at the door. */
  TestDevice door() {
    return Objects.requireNonNull(devices.get("door"), "no device is enrolled yet");
  }

  private void bindVouchers(String classId, List<Trainee> trainees) throws Exception {
    JsonNode issued =
        json(
            post(
                tokens.authority(),
                "/v1/vouchers",
                "issue",
                trainees.stream()
                    .map(
                        trainee ->
                            "{\"idType\":\"citizen_id\",\"number\":\"%s\",\"name\":\"%s\"}"
                                .formatted(trainee.number(), trainee.name()))
                    .collect(
                        Collectors.joining(
                            ",",
                            """
                        {"region":"990101","occupation":"4-10-01-05","level":5,"expiresAt":"%s",
                         "people":["""
                                .formatted(firstLesson.plus(Duration.ofDays(30))),
                            "]}"))));
    for (int i = 0; i < trainees.size(); i++) {
      String path = "/v1/vouchers/" + issued.at("/items/" + i + "/voucherId").asText();
      expect(
          200,
          post(
              tokens.platform(),
              path + "/claim",
              "claim-" + i,
              "{\"person\":{\"idType\":\"citizen_id\",\"number\":\"%s\"}}"
                  .formatted(trainees.get(i).number())));
      expect(
          200,
          post(
              tokens.platform(),
              path + "/binding",
              "bind-" + i,
              "{\"classId\":\"%s\"}".formatted(classId)));
    }
  }

  /** The first trainee's scan "in" to the first lesson, at its start, on the device at the door. */
  HttpResponse<String> scan(String classId, String key) throws Exception {
    return scan(classId, "in", key);
  }

  /** In at the lesson's start or out at its end; under the same key it is the same statement. */
  HttpResponse<String> scan(String classId, String act, String key) throws Exception {
    Instant at = act.equals("in") ? firstLesson : firstLesson.plus(LESSON_LENGTH);
    var place = new TestDevice.Place(classId, "L1", Act.of(act).orElseThrow(), at);
    Trainee first = Trainee.first(1).getFirst();
    return scan(taps.computeIfAbsent(key, k -> door().tap(first, place)), key);
  }

  /** Its counter is used up when the receipt is its own. */
  private HttpResponse<String> scan(TestDevice.Tap tap, String key) throws Exception {
    HttpResponse<String> response = scan(door(), tap, key);
    if (response.statusCode() / 100 == 2 && response.statusCode() != 202) {
      JsonNode payload = json(response).get("payload");
      if (payload.get("dsq").asLong() == tap.counter()
          && payload.get("dev").asText().equals(door().name())) {
        door().movedOn(tap);
      }
    }
    return response;
  }

  HttpResponse<String> scan(TestDevice device, TestDevice.Tap tap, String key) throws Exception {
    return post(device.token(), "/v1/classes/" + tap.classId() + "/scans", key, tap.body());
  }

  /** Sends a batch unchanged; returns an answer for each statement. */
  JsonNode batch(TestDevice device, List<TestDevice.Tap> items) throws Exception {
    return json(
        post(
            device.token(),
            "/v1/statement-batches",
            "batch",
            items.stream()
                .map(TestDevice.Tap::body)
                .collect(Collectors.joining(",", "{\"items\":[", "]}"))));
  }

  /** Gives a device a time beacon. */
  void beacon(TestDevice device) throws Exception {
    String query =
        "/v1/beacons?device=%s&epoch=%d"
            .formatted(URLEncoder.encode(device.name(), UTF_8), device.epoch());
    JsonNode issued = json(get(device.token(), query));
    device.receivedBeacon(
        issued.get("beacon").asText(),
        OffsetDateTime.parse(issued.get("issuedAt").asText()).toInstant());
  }

  HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + token)
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What an institution may read. */
  JsonNode read(String path) throws Exception {
    return json(get(tokens.institution(), path));
  }

  /** Posts as the issuing authority; any status is accepted. */
  HttpResponse<String> decree(String path, String key, String body) throws Exception {
    return post(tokens.authority(), path, key, body);
  }

  /** Posts as the card platform; any status is accepted. */
  HttpResponse<String> vouched(String path, String key, String body) throws Exception {
    return post(tokens.platform(), path, key, body);
  }

  void close(String classId) throws Exception {
    expect(200, post(tokens.institution(), "/v1/classes/" + classId + "/closing", "close", "{}"));
  }

  /** The first listed voucher's state. */
  String voucherState() throws Exception {
    return json(get(tokens.authority(), "/v1/vouchers")).at("/items/0/state").asText();
  }

  /** What an address without a token answers. */
  int status(String address) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** The class, as the institution sees it. */
  JsonNode trainingClass(String classId) throws Exception {
    return read("/v1/classes/" + classId);
  }

  private HttpResponse<String> post(String token, String path, String key, String body)
      throws IOException, InterruptedException {
    return send(token, path, key, "application/json", body);
  }

  private HttpResponse<String> send(String token, String path, String key, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .header("Content-Type", type)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private static void expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  /** A condition that becomes true eventually. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come true within " + PATIENCE);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
