package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** Every way to sign in (签到方式) on a real node: by card, code, room code, and with a witness. */
class SignInWaysTest {
  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final List<Trainee> TRAINEES = Trainee.first(4);

  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);
  private final AtomicReference<Map<String, String>> verdict =
      new AtomicReference<>(Map.of("outcome", "OK", "reference", "R1"));
  private final StubPlatform platform =
      new StubPlatform(
          (exchange, asked) -> StubPlatform.fields(verdict.get()).answer(exchange, asked));
  private final TestNode node;
  private final ClassOverHttp client;
  private String classId = "";

  SignInWaysTest(@TempDir Path folder) throws Exception {
    node = TestNode.start(TestPostgres.freshDatabase(), platform, folder.resolve("keys"), now::get);
    client = node.client(node.credentials(), LESSON);
  }

  @BeforeEach
  void aLessonBegins() throws Exception {
    classId = client.untilOpen(TRAINEES.size(), 2);
    now.set(LESSON);
  }

  @AfterEach
  void close() {
    node.close();
    platform.close();
  }

  private TestDevice.Place in() {
    return new TestDevice.Place(classId, "L1", Act.IN, now.get());
  }

  private HttpResponse<String> present(Map<String, Object> presented, String key) throws Exception {
    TestDevice.Tap tap = client.door().tap(presented, in());
    HttpResponse<String> answer = client.scan(client.door(), tap, key);
    if (answer.statusCode() == 201) {
      client.door().movedOn(tap);
      now.set(now.get().plusSeconds(1));
    }
    return answer;
  }

  private static Map<String, Object> code(String text) {
    return Map.of("way", "personal_code", "code", text, "salt", SALT);
  }

  private static Map<String, Object> assisted(Trainee trainee, Trainee witness) {
    return Map.of(
        "way",
        "assisted",
        "person",
        Map.of("idType", "citizen_id", "number", trainee.number()),
        "witness",
        witness.card(),
        "reason",
        "phone broken",
        "salt",
        SALT);
  }

  private void resolvesTo(Trainee trainee) {
    verdict.set(
        Map.of(
            "outcome",
            "OK",
            "reference",
            "R2",
            "idType",
            "citizen_id",
            "number",
            trainee.number(),
            "name",
            trainee.name()));
  }

  private static void assertRefused(int status, String code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"" + code + "\""), answer.body());
  }

  @Test
  void aPersonsCodeSignsInWhoseItIs() throws Exception {
    resolvesTo(TRAINEES.getFirst());
    assertEquals(201, present(code("QR1"), "k1").statusCode());
    // The same person by card is in already: the first receipt.
    verdict.set(Map.of("outcome", "OK", "reference", "R1"));
    TestDevice.Tap tap = client.door().tap(TRAINEES.getFirst(), in());
    assertEquals(200, client.scan(client.door(), tap, "k2").statusCode());
    assertEquals(1, client.trainingClass(classId).get("receipts").asInt());
  }

  @Test
  void anotherPersonsCodeSignsNobodyIn() throws Exception {
    resolvesTo(Trainee.first(9).getLast());
    assertRefused(403, "not_enrolled", present(code("QR1"), "k1"));
    verdict.set(Map.of("outcome", "EXPIRED"));
    assertRefused(410, "qr_expired", present(code("QR2"), "k2"));
    verdict.set(Map.of("outcome", "ALREADY_USED", "usedBy", "another"));
    assertRefused(409, "qr_already_used", present(code("QR3"), "k3"));
    verdict.set(Map.of("outcome", "NOT_FOUND"));
    assertRefused(400, "qr_invalid", present(code("QR4"), "k4"));
    assertEquals(0, client.trainingClass(classId).get("receipts").asInt());
  }

  @Test
  void aTeacherSignsInWhoHasNeitherPhoneNorCardAndATraineeDoesNot() throws Exception {
    Trainee here = TRAINEES.getFirst();
    Trainee other = TRAINEES.get(1);
    TestDevice.Tap tap = client.door().tap(here, in());
    assertEquals(201, client.scan(client.door(), tap, "k1").statusCode());
    client.door().movedOn(tap);
    now.set(now.get().plusSeconds(1));
    assertRefused(403, "witness_not_accepted", present(assisted(other, here), "k2"));
    assertRefused(403, "witness_not_accepted", present(assisted(other, other), "k3"));
    assertEquals(201, present(assisted(other, ClassOverHttp.TEACHER), "k4").statusCode());
    assertEquals(2, client.trainingClass(classId).get("receipts").asInt());
  }

  @Test
  void aTypedNumberIsNeverEnough() throws Exception {
    Map<String, Object> typed =
        Map.of("way", "typed_number", "number", TRAINEES.getFirst().number(), "salt", SALT);
    assertRefused(403, "card_not_authenticated", present(typed, "k1"));
  }

  @Test
  void theRoomsCodeSignsInOnePersonOfEachPhone() throws Exception {
    String shown = shown();
    HttpResponse<String> first = signIn(shown, TRAINEES.getFirst(), "phone-1", "k1");
    assertEquals(201, first.statusCode(), first.body());
    JsonNode payload = ClassOverHttp.json(first).get("payload");
    assertTrue(payload.path("dsq").isMissingNode(), "the device signed nothing");
    assertEquals(200, signIn(shown, TRAINEES.getFirst(), "phone-1", "k1").statusCode());
    assertRefused(409, "phone_already_used", signIn(shown, TRAINEES.get(1), "phone-1", "k2"));
    assertEquals(201, signIn(shown, TRAINEES.get(1), "phone-2", "k3").statusCode());
    now.set(now.get().plus(Duration.ofSeconds(10)));
    assertRefused(410, "qr_expired", signIn(shown, TRAINEES.get(2), "phone-3", "k4"));
    assertRefused(400, "qr_invalid", signIn(shown + "x", TRAINEES.get(2), "phone-3", "k5"));
    assertEquals(201, signIn(shown(), TRAINEES.get(2), "phone-3", "k6").statusCode());
    assertEquals(3, client.trainingClass(classId).get("receipts").asInt());
  }

  private String shown() throws Exception {
    return ClassOverHttp.json(
            client.get(
                client.door().token(),
                "/v1/classes/%s/lessons/L1/room-codes?device=%s"
                    .formatted(classId, client.door().name())))
        .at("/codes/0/code")
        .asText();
  }

  private HttpResponse<String> signIn(String shown, Trainee trainee, String phone, String key)
      throws Exception {
    return client.vouched(
        "/v1/classes/" + classId + "/sign-ins",
        key,
        """
        {"code":"%s","act":"in","phone":"%s",
         "person":{"idType":"citizen_id","number":"%s"}}"""
            .formatted(shown, phone, trainee.number()));
  }
}
