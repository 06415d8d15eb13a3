package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** One class over HTTP, from filing to its first scans, as an institution and a device send it. */
final class Line {
  static final String NUMBER = "990101199003150015";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;
  private final Credentials tokens;
  private final Instant lesson;

  /**
   * A line through the gateway at this address.
   *
   * @param lesson when the class's one lesson of 90 minutes begins, in whole seconds
   */
  Line(String api, Credentials tokens, Instant lesson) {
    this.api = api;
    this.tokens = tokens;
    this.lesson = lesson;
  }

  /** One bearer token for each role the line needs. */
  record Credentials(String authority, String institution, String device, String platform) {}

  /** Everything before the first lesson; returns the class's id. */
  String untilOpen() throws Exception {
    String classId =
        json(post(
                tokens.institution(),
                "/v1/classes",
                "file",
                """
                    {"institution":"52990101MA00XY0180","region":"990101",
                     "occupation":"4-10-01-05","level":5,"title":"养老护理员",
                     "plan":{"teachingPlan":"p","trainingMode":"m","assessmentMethod":"a",
                             "employmentMeasures":"e"},
                     "venue":"hall","textbooks":["book"],"traineesPlanned":1,
                     "teachers":[{"idType":"citizen_id","number":"990101199003150023",
                                  "name":"李老师"}]}"""))
            .get("classId")
            .asText();
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
            "姓名,社会保障号码\n𠮷野,%s\n".formatted(NUMBER)));
    bindVoucher(classId);
    expect(
        200,
        post(
            tokens.institution(),
            path + "/timetable",
            "timetable",
            """
            {"lessons":[{"lessonId":"L1","title":"t","kind":"theory",
             "startsAt":"%s","endsAt":"%s"}]}"""
                .formatted(lesson, lesson.plus(Duration.ofMinutes(90)))));
    await(() -> get(tokens.institution(), path).body().contains("\"vouchersBound\":1"));
    expect(200, post(tokens.institution(), path + "/opening", "open", "{}"));
    return classId;
  }

  private void bindVoucher(String classId) throws Exception {
    String voucher =
        json(post(
                tokens.authority(),
                "/v1/vouchers",
                "issue",
                """
                    {"region":"990101","occupation":"4-10-01-05","level":5,
                     "expiresAt":"%s",
                     "people":[{"idType":"citizen_id","number":"%s","name":"𠮷野"}]}"""
                    .formatted(lesson.plus(Duration.ofDays(30)), NUMBER)))
            .at("/items/0/voucherId")
            .asText();
    String path = "/v1/vouchers/" + voucher;
    expect(
        200,
        post(
            tokens.platform(),
            path + "/claim",
            "claim",
            "{\"person\":{\"idType\":\"citizen_id\",\"number\":\"%s\"}}".formatted(NUMBER)));
    expect(
        200,
        post(
            tokens.platform(),
            path + "/binding",
            "bind",
            "{\"classId\":\"%s\"}".formatted(classId)));
  }

  /** A scan "in" to the one lesson. */
  HttpResponse<String> scan(String classId, String key) throws Exception {
    return scan(classId, "in", key);
  }

  HttpResponse<String> scan(String classId, String act, String key) throws Exception {
    return post(
        tokens.device(),
        "/v1/classes/" + classId + "/scans",
        key,
        """
        {"card":{"cardIdentificationCode":"990100D1560000050000000000000001",
                 "socialSecurityNumber":"%s","cardNumber":"A00000001","name":"𠮷野"},
         "statement":{"$t":"vds1","act":"%s","cls":"%s/L1","crd":"","ctr":1,"dev":"K1","ep":1,
                      "lb":"","mono":0,"non":"","ph":"","t":%d}}"""
            .formatted(NUMBER, act, classId, lesson.toEpochMilli()));
  }

  HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + token)
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
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
    return json(get(tokens.institution(), "/v1/classes/" + classId));
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

  private static JsonNode json(HttpResponse<String> response) throws IOException {
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

  /** Something that comes true by itself. */
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
