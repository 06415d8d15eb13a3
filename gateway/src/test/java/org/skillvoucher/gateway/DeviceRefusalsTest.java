package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.GatewayFixture.Enrolled;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.device.DeviceKey;
import org.skillvoucher.gateway.security.Role;

/**
 * Refusals of devices, their counters and signatures, on a whole gateway with statements that are
 * really signed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceRefusalsTest {
  private GatewayFixture field;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    field = new GatewayFixture(folder);
  }

  @AfterAll
  void close() {
    field.close();
  }

  @BeforeEach
  void atTheLessonsStart() {
    field.now(GatewayFixture.LESSON);
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void theSameRequestAgainGetsTheSameBytesWhateverTheSuite(DeviceSuite suite) throws Exception {
    Enrolled device = field.device(suite);
    var scan = field.scan(device, device.device().tap(field.trainee(), field.in()));
    Answer first = scan.over(field.api()).is(201);
    Answer again = scan.over(field.api()).is(200);
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("idempotent-replay").orElseThrow());
    assertEquals(device.device().name(), first.json().at("/payload/dev").asText());
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() throws Exception {
    Enrolled device = field.device();
    var first = device.device().captured(field.trainee(), field.in());
    field.scan(device, first).key("k").over(field.api()).is(201);
    var other = device.device().tap(field.trainee(), field.at(Act.IN, later(1000)));
    field.scan(device, other).key("k").over(field.api()).isProblem(422, "idempotency_key_reused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ключ", ""})
  void aBadKeyIsRefused(String key) throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    if (key.chars().allMatch(c -> c < 128)) { // the client itself sends no other
      field.scan(device, tap).key(key).over(field.api()).isProblem(400, "idempotency_key_invalid");
    }
    field
        .scan(device, tap)
        .key("k".repeat(129))
        .over(field.api())
        .isProblem(400, "idempotency_key_invalid");
  }

  @Test
  void aStatementSentAgainUnderANewKeyGetsTheOriginalReceipt() throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    Answer first = field.sent(device, tap).is(201);
    Answer again = field.sent(device, tap).is(200);
    assertEquals(first.text(), again.text());
    assertEquals("replayed", field.batched(device, tap).path("outcome").asText());
  }

  @Test
  void aRecordedStatementIsAnsweredToTheDeviceThatSignedItAndToNoOther() throws Exception {
    Enrolled device = field.device();
    Enrolled neighbour = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    Answer first = field.sent(device, tap).is(201);
    var altered = Forgery.signed(tap, Forgery.signature(tap).replaceFirst("^..", "AA"));
    field.sent(device, altered).isProblem(401, "device_signature_invalid");
    var resigned = Forgery.resigned(tap, neighbour.key(), Map.of());
    field.sent(device, resigned).isProblem(401, "device_signature_invalid");
    field.sent(neighbour, resigned).isProblem(403, "device_scope");
    field.sent(neighbour, tap).isProblem(403, "device_scope");
    assertEquals("device_signature_invalid", field.batched(device, altered).path("code").asText());
    assertEquals(first.text(), field.sent(device, tap).is(200).text());
  }

  @Test
  void aSecondStatementWithOneCounterIsAForkAndTheDeviceIsSuspended() throws Exception {
    Enrolled device = field.device();
    var recorded = device.device().tap(field.trainee(), field.in());
    field.sent(device, recorded).is(201);
    var other = device.device().tap(field.trainee(), field.at(Act.IN, later(5000)));
    field.sent(device, other).isProblem(409, "device_counter_fork");
    ClassOverHttp.await(() -> statusOf(device).equals("suspended"));
    field.awaitFlag("counter_fork");
    device.device().movedOn(recorded);
    var next = device.device().tap(field.trainee(), field.at(Act.IN, later(9000)));
    field.sent(device, next).isProblem(403, "device_not_trusted");
    field.sent(device, recorded).isProblem(403, "device_not_trusted");
    change(device, "reinstatement").is(200);
    field.sent(device, recorded).is(200); // the first one stays recorded
  }

  @Test
  void aBrokenChainIsAFork() throws Exception {
    Enrolled device = field.device();
    field.recorded(device, field.trainee());
    var tap = device.device().tap(field.trainee(), field.at(Act.IN, later(1000)));
    var broken = Forgery.resigned(tap, device.key(), Map.of("ph", "B".repeat(42) + "A"));
    field.sent(device, broken).isProblem(409, "device_counter_fork");
    ClassOverHttp.await(() -> statusOf(device).equals("suspended"));
  }

  private String statusOf(Enrolled device) {
    for (JsonNode listed :
        field
            .get(
                "/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices?limit=200",
                field.institution())
            .is(200)
            .json()
            .path("items")) {
      if (listed.path("device").asText().equals(device.device().name())) {
        return listed.path("status").asText();
      }
    }
    return "";
  }

  @Test
  void aGapHasNoReceiptUntilItIsFilled() throws Exception {
    Enrolled device = field.device();
    var first = device.device().captured(field.trainee(), field.in());
    var second = device.device().captured(field.trainee(), field.at(Act.IN, later(1000)));
    Answer gap = field.sent(device, second).isProblem(202, "device_counter_gap");
    assertEquals(1, gap.json().path("expected").asInt());
    assertEquals(2, gap.json().path("received").asInt());
    assertFalse(gap.json().has("receipt"));
    field.awaitFlag("counter_gap");
    field.sent(device, first).is(201);
    field.sent(device, second).is(201);
  }

  @Test
  void aCounterThatLiesBehindIsStale() throws Exception {
    Enrolled device = field.device();
    var lost = device.device().captured(field.trainee(), field.in());
    var second = device.device().captured(field.trainee(), field.at(Act.IN, later(1000)));
    field.sent(device, second).is(202);
    field
        .ask("/v1/classes/" + field.classId() + "/gap-waivers", field.authority())
        .jsonOf("{'device':'%s','reason':'设备损坏'}".formatted(device.device().name()))
        .over(field.api())
        .is(200);
    field.sent(device, second).is(201);
    Answer stale = field.sent(device, lost).isProblem(409, "device_counter_stale");
    assertEquals(3, stale.json().path("expected").asInt());
  }

  @Test
  void aBootEpochThatGoesBackIsStale() throws Exception {
    Enrolled device = field.device();
    device.device().restarted();
    field.recorded(device, field.trainee());
    var tap = device.device().tap(field.trainee(), field.at(Act.IN, later(1000)));
    field
        .sent(device, Forgery.resigned(tap, device.key(), Map.of("ep", 1)))
        .isProblem(409, "device_counter_stale");
    field.sent(device, tap).is(201);
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void whatTheDeviceDidNotSignIsRefused(DeviceSuite suite) throws Exception {
    Enrolled device = field.device(suite);
    var tap = device.device().tap(field.trainee(), field.in());
    byte[] signature = Base64.getUrlDecoder().decode(Forgery.signature(tap));
    refusedSignature(device, Forgery.signed(tap, text(signature, 63)));
    refusedSignature(device, Forgery.signed(tap, text(signature, 65)));
    signature[5] ^= 1;
    refusedSignature(device, Forgery.signed(tap, text(signature, 64)));
    refusedSignature(
        device, Forgery.resigned(tap, DeviceKey.of(suite, "somebody else's"), Map.of()));
    refusedSignature(device, Forgery.showing(tap, "A00000001", "A00000002"));
    field.sent(device, tap).is(201); // none of them used the counter up
  }

  private void refusedSignature(Enrolled device, TestDevice.Tap tap) {
    field.sent(device, tap).isProblem(401, "device_signature_invalid");
    JsonNode item = field.batched(device, tap);
    assertEquals("refused", item.path("outcome").asText());
    assertEquals("device_signature_invalid", item.path("code").asText());
  }

  private static String text(byte[] signature, int length) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOf(signature, length));
  }

  @Test
  void aStatementOfAnotherSuiteThanTheKeyIsRefused() throws Exception {
    Enrolled device = field.device(DeviceSuite.ED25519);
    var tap = device.device().tap(field.trainee(), field.in());
    field
        .sent(device, Forgery.resigned(tap, device.key(), Map.of("$t", "vds1.p256")))
        .isProblem(401, "signature_suite_mismatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALICE123@YAHOO.COM"})
  void anSm2SignatureUnderAnotherUserIdIsRefused(String userId) throws Exception {
    Enrolled device = field.device(DeviceSuite.SM2);
    var tap = device.device().tap(field.trainee(), field.in());
    byte[] signature = device.key().signature(Forgery.statement(tap), userId);
    field
        .sent(device, Forgery.signed(tap, text(signature, 64)))
        .isProblem(401, "signature_suite_mismatch");
  }

  @Test
  void anUnknownDeviceIsNotTrusted() throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    String name = device.device().name();
    String unknown = name.substring(0, 5) + "00000000000-1";
    field
        .sent(device, Forgery.resigned(tap, device.key(), Map.of("dev", unknown)))
        .isProblem(403, "device_not_trusted");
    field
        .get("/v1/beacons?device=" + unknown + "&epoch=1", device.device().token())
        .isProblem(403, "device_not_trusted");
  }

  @Test
  void aSuspendedDeviceIsNotTrustedUntilItIsReinstated() throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    change(device, "suspension").is(200);
    field.sent(device, tap).isProblem(403, "device_not_trusted");
    assertEquals("device_not_trusted", field.batched(device, tap).path("code").asText());
    change(device, "reinstatement").is(200);
    field.sent(device, tap).is(201);
  }

  @Test
  void aRevokedDeviceIsNotTrustedAndItsTokenIsNone() throws Exception {
    Enrolled device = field.device();
    Enrolled neighbour = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    change(device, "revocation").is(200);
    field.sent(device, tap).isProblem(401, "unauthenticated");
    field.sent(neighbour, tap).isProblem(403, "device_not_trusted");
    change(device, "reinstatement").isProblem(409, "device_state");
  }

  @Test
  void aDeviceThatEnrolledAnewIsNotTrustedUnderItsOldName() throws Exception {
    Enrolled device = field.device();
    Enrolled neighbour = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    String path = "/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices/" + device.id();
    JsonNode anew =
        field.ask(path + "/invitation", field.institution()).over(field.api()).is(201).json();
    DeviceKey key = DeviceKey.of(DeviceSuite.SM2, "anew");
    JsonNode enrolled =
        field
            .ask("/v1/enrolments", anew.path("enrolmentCode").asText())
            .jsonOf(
                "{'device':'%s','publicKey':'%s'}"
                    .formatted(anew.path("device").asText(), key.publicKey()))
            .over(field.api())
            .is(201)
            .json();
    assertNotEquals(device.device().name(), enrolled.path("device").asText());
    field.sent(neighbour, tap).isProblem(403, "device_not_trusted");
  }

  private Answer change(Enrolled device, String what) {
    return field
        .ask(
            "/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices/" + device.id() + "/" + what,
            field.institution())
        .jsonOf("{'reason':'丢失'}")
        .over(field.api());
  }

  @Test
  void anEnrolmentCodeIsGoodForOneKey() throws Exception {
    JsonNode invited =
        field
            .ask("/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices", field.institution())
            .jsonOf("{'siteId':'S1','roomId':'R1','name':'n'}")
            .over(field.api())
            .is(201)
            .json();
    String body = "{'device':'%s','publicKey':'%s'}";
    String device = invited.path("device").asText();
    String code = invited.path("enrolmentCode").asText();
    String own = DeviceKey.of(DeviceSuite.P256, "own").publicKey();
    String other = DeviceKey.of(DeviceSuite.P256, "other").publicKey();
    // As a person may type it.
    field
        .ask("/v1/enrolments", code.toLowerCase(Locale.ROOT).replace('-', ' '))
        .jsonOf(body.formatted(device, own))
        .over(field.api())
        .is(201);
    field
        .ask("/v1/enrolments", code)
        .jsonOf(body.formatted(device, other))
        .over(field.api())
        .isProblem(409, "enrolment_code_used");
    field
        .ask("/v1/enrolments", "ABCD-EFGH-JKMN-PQRS")
        .jsonOf(body.formatted(device, other))
        .over(field.api())
        .isProblem(401, "unauthenticated");
  }

  @Test
  void aDeviceEnrolledElsewhereIsRefusedForItsScope() throws Exception {
    Enrolled own = field.device();
    Enrolled foreign = field.otherSchoolsDevice();
    var tap = own.device().tap(field.trainee(), field.in());
    field.sent(foreign, tap).isProblem(403, "device_scope");
    assertEquals("device_scope", field.batched(foreign, tap).path("code").asText());
    String beacon = "/v1/beacons?epoch=1&device=" + own.device().name();
    field.get(beacon, foreign.device().token()).isProblem(403, "device_scope");
    field.sent(own, tap).is(201);
    assertTrue(field.get(beacon, own.device().token()).is(200).json().has("beacon"));
  }

  @Test
  void anotherInstitutionsClassIsAsIfItDidNotExist() throws Exception {
    Enrolled foreign = field.otherSchoolsDevice();
    var tap = foreign.device().tap(field.trainee(), field.in());
    Answer refused = field.sent(foreign, tap).isProblem(403, "not_enrolled");
    var nowhere =
        foreign
            .device()
            .tap(
                field.trainee(), new TestDevice.Place("C404", "L1", Act.IN, GatewayFixture.LESSON));
    assertEquals(refused.text(), field.sent(foreign, nowhere).text());
    field
        .get("/v1/classes/" + field.classId(), field.tokenOfOtherSchool(Role.INSTITUTION))
        .isProblem(404, "not_found");
  }

  private static java.time.Instant later(long millis) {
    return GatewayFixture.LESSON.plusMillis(millis);
  }
}
