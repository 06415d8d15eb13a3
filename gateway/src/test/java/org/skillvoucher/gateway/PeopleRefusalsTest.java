package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.GatewayFixture.Enrolled;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.api.Ask;

/** Refusals of cards and codes, on a whole gateway with statements that are really signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleRefusalsTest {
  private GatewayFixture field;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    field = new GatewayFixture(folder);
    field
        .ask("/v1/classes/" + field.classId() + "/spot-checks", field.authority())
        .jsonOf("{'lessonId':'L1','minutes':45}")
        .over(field.api())
        .is(201);
  }

  @AfterAll
  void close() {
    field.close();
  }

  @BeforeEach
  void atTheLessonsStart() {
    field.now(GatewayFixture.LESSON);
  }

  private TestDevice.Tap tap(Enrolled device, Map<String, Object> presented) {
    return device.device().tap(presented, field.in());
  }

  private static Map<String, Object> card(Trainee who, String cardNumber) {
    return Map.of(
        "way",
        "physical_card",
        "record",
        who.card().replace("A00000001", cardNumber),
        "salt",
        GatewayFixture.SALT);
  }

  private static Map<String, Object> code(String code) {
    return Map.of("way", "personal_code", "code", code, "salt", GatewayFixture.SALT);
  }

  @Test
  void aTypedNumberIsNoCard() throws Exception {
    Enrolled device = field.device();
    var typed =
        tap(
            device,
            Map.of(
                "way",
                "typed_number",
                "number",
                field.trainee().number(),
                "salt",
                GatewayFixture.SALT));
    field.sent(device, typed).isProblem(403, "card_not_authenticated");
    assertEquals("card_not_authenticated", field.batched(device, typed).path("code").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "CARD_NOT_ACTIVE, card_status",
    "EXPIRED, card_status",
    "NOT_FOUND, card_not_authenticated",
    "PERSON_MISMATCH, card_not_authenticated"
  })
  void aCardThePlatformDoesNotVouchForIsRefused(String outcome, String code) throws Exception {
    Enrolled device = field.device();
    var tap = tap(device, card(field.trainee(), outcome));
    Answer refused = field.sent(device, tap).isProblem(403, code);
    assertFalse(refused.text().contains(GatewayFixture.SALT));
    JsonNode item = field.batched(device, tap);
    assertEquals("refused", item.path("outcome").asText());
    assertEquals(code, item.path("code").asText());
  }

  @Test
  void aSilentPlatformIsUnknownOnlineAndCapturedOffline() throws Exception {
    Enrolled device = field.device();
    var tap = tap(device, card(field.trainee(), "RETRY_LATER"));
    Answer unknown = field.sent(device, tap).isProblem(503, "try_again");
    assertTrue(unknown.header("retry-after").isPresent());
    JsonNode captured = field.batched(device, tap);
    assertEquals("captured", captured.path("outcome").asText());
    assertEquals("try_later", captured.path("code").asText());
    assertFalse(captured.has("receipt"));
  }

  @Test
  void aBlankCardIsRefusedClearly() throws Exception {
    Enrolled device = field.device();
    var blank =
        Map.<String, Object>of(
            "way",
            "physical_card",
            "record",
            "990100||A00000001|990100D1560000050000000000000001||||||||",
            "salt",
            GatewayFixture.SALT);
    field.sent(device, tap(device, blank)).faultsAt("/presented/record");
  }

  @Test
  void notOnTheRosterIsAnsweredLikeAnUnknownClass() throws Exception {
    Enrolled device = field.device();
    Answer stranger =
        field
            .sent(device, device.device().tap(field.stranger(), field.in()))
            .isProblem(403, "not_enrolled");
    var nowhere = new TestDevice.Place("C404", "L1", Act.IN, GatewayFixture.LESSON);
    Answer noClass =
        field
            .sent(device, device.device().tap(field.trainee(), nowhere))
            .isProblem(403, "not_enrolled");
    assertEquals(stranger.text(), noClass.text());
    String code = "OK-" + field.stranger().number();
    assertEquals(stranger.text(), field.sent(device, tap(device, code(code))).text());
  }

  @Test
  void aTeacherIsAWitnessAndATraineeIsNot() throws Exception {
    Enrolled device = field.device();
    Trainee present = field.trainee();
    Trainee helped = field.trainee();
    field.recorded(field.device(), present);
    field
        .sent(device, tap(device, assisted(helped, present)))
        .isProblem(403, "witness_not_accepted");
    field.sent(device, tap(device, assisted(helped, ClassOverHttp.TEACHER))).is(201);
  }

  private static Map<String, Object> assisted(Trainee helped, Trainee witness) {
    return Map.of(
        "way",
        "assisted",
        "person",
        Map.of("idType", "citizen_id", "number", helped.number()),
        "witness",
        witness.card(),
        "reason",
        "未带卡",
        "salt",
        GatewayFixture.SALT);
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, 410, qr_expired, captured, never",
    "ALREADY_USED, 409, qr_already_used, refused, qr_already_used",
    "NOT_FOUND, 400, qr_invalid, refused, qr_invalid"
  })
  void aPersonsCodeIsGoodForAMinuteAndOnce(
      String outcome, int status, String code, String batched, String itemCode) throws Exception {
    Enrolled device = field.device();
    var tap = tap(device, code(outcome));
    field.sent(device, tap).isProblem(status, code);
    JsonNode item = field.batched(device, tap);
    assertEquals(batched, item.path("outcome").asText());
    assertEquals(itemCode, item.path("code").asText());
  }

  @Test
  void aValidPersonalCodeIsAccepted() throws Exception {
    Enrolled device = field.device();
    field.sent(device, tap(device, code("OK-" + field.trainee().number()))).is(201);
  }

  private String roomCode(Enrolled device) {
    return field
        .get(
            "/v1/classes/%s/lessons/L1/room-codes?device=%s"
                .formatted(field.classId(), device.device().name()),
            device.device().token())
        .is(200)
        .json()
        .at("/codes/0/code")
        .asText();
  }

  private Ask signIn(String code, String act, Trainee who, String phone) {
    return field
        .ask("/v1/classes/" + field.classId() + "/sign-ins", field.platformToken())
        .jsonOf(
            "{'code':'%s','act':'%s','person':{'idType':'citizen_id','number':'%s'},'phone':'%s'}"
                .formatted(code, act, who.number(), phone));
  }

  @Test
  void aRoomsCodeIsGoodForSecondsAndOnceForEachPerson() throws Exception {
    String code = roomCode(field.device());
    Trainee who = field.trainee();
    Ask signIn = signIn(code, "in", who, "phone-1");
    Answer first = signIn.over(field.api()).is(201);
    assertEquals(first.text(), signIn.over(field.api()).is(200).text());
    signIn(code, "check", who, "phone-1").over(field.api()).isProblem(409, "qr_already_used");
    signIn(code, "in", field.trainee(), "phone-1")
        .over(field.api())
        .isProblem(409, "phone_already_used");
    signIn(code, "in", field.stranger(), "phone-2")
        .over(field.api())
        .isProblem(403, "not_enrolled");
    char last = code.charAt(code.length() - 1);
    String forged = code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    signIn(forged, "in", who, "phone-1").over(field.api()).isProblem(400, "qr_invalid");
    field.now(GatewayFixture.LESSON.plusSeconds(10));
    signIn(code, "in", field.trainee(), "phone-3").over(field.api()).isProblem(410, "qr_expired");
  }
}
