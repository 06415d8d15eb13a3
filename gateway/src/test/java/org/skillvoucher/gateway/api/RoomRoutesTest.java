package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.scan.DeviceFault;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.security.Role;

/** What a room shows, and what people's phones make of it. */
class RoomRoutesTest {
  private final World world = new World();
  private final String device = enrolledDevice(world);

  /** A device of the usual school, as its statements name it. */
  static String enrolledDevice(World world) {
    String school = "/v1/institutions/" + World.SCHOOL;
    Ask.post(school + "/sites")
        .by(Role.INSTITUTION)
        .jsonOf("{'siteId':'S1','name':'n','address':'a','rooms':[{'roomId':'R1','name':'r'}]}")
        .to(world)
        .is(200);
    String name =
        Ask.post(school + "/devices")
            .by(Role.INSTITUTION)
            .jsonOf("{'siteId':'S1','roomId':'R1','name':'屏幕'}")
            .to(world)
            .is(201)
            .json()
            .path("device")
            .asText();
    Ask.post("/v1/enrolments")
        .by(Role.DEVICE_ENROLMENT)
        .jsonOf("{'device':'%s','publicKey':'%s'}".formatted(name, DeviceRoutesTest.ed25519()))
        .to(world)
        .is(201);
    return name;
  }

  private Ask beacon(String name, String epoch) {
    return Ask.get("/v1/beacons?device=" + name + "&epoch=" + epoch).by(Role.DEVICE);
  }

  private Ask codes(String classId, String lesson, String name) {
    return Ask.get("/v1/classes/" + classId + "/lessons/" + lesson + "/room-codes?device=" + name)
        .by(Role.DEVICE);
  }

  private String code(String classId, int which) {
    return codes(classId, "L01", device)
        .to(world)
        .is(200)
        .json()
        .at("/codes/" + which + "/code")
        .asText();
  }

  private static Ask signIn(String classId, String code) {
    return Ask.post("/v1/classes/" + classId + "/sign-ins")
        .by(Role.CARD_PLATFORM)
        .jsonOf(
            "{'code':'%s','act':'in','person':{'idType':'citizen_id','number':'%s'},'phone':'p'}"
                .formatted(code, Samples.MALE));
  }

  @Test
  void aBeaconSaysWhatTimeItIsForThisBootOfTheDevice() {
    JsonNode answer = beacon(device, "7").to(world).is(200).json();
    var said = World.BEACONS.read(answer.path("beacon").asText()).orElseThrow();
    assertEquals(device, said.device());
    assertEquals(7, said.epoch());
    assertEquals(world.now, said.issuedAt());
    assertEquals(world.now, OffsetDateTime.parse(answer.path("issuedAt").asText()).toInstant());
  }

  @Test
  void onlyATrustedDeviceOfTheInstitutionHasABeacon() {
    String unknown = World.NAMES.id(new CreditCode(World.SCHOOL), "x") + "-1";
    beacon(unknown, "1").to(world).isProblem(403, "device_not_trusted");
    beacon(device.replace("-1", "-2"), "1").to(world).isProblem(403, "device_not_trusted");
    beacon(device, "1").byForeign(Role.DEVICE).to(world).isProblem(403, "device_scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device=D1-1",
        "epoch=1",
        "device=&epoch=1",
        "device=a%20b&epoch=1",
        "device=D1-1&epoch=-1",
        "device=D1-1&epoch=x",
        "device=D1-1&epoch=1234567890123456",
        "device=D1-1&epoch=1&more=1"
      })
  void aBeaconsParametersAreChecked(String query) {
    Ask.get("/v1/beacons?" + query).by(Role.DEVICE).to(world).isProblem(422, "invalid_field");
  }

  @Test
  void aRoomGetsTheCodesOfTheComingMinute() {
    String classId = Samples.openClass(world);
    JsonNode answer = codes(classId, "L01", device).to(world).is(200).json();
    assertEquals(5, answer.path("periodSeconds").asInt());
    assertEquals(12, answer.path("codes").size());
    Instant shown = world.now;
    for (JsonNode code : answer.path("codes")) {
      assertEquals(shown, OffsetDateTime.parse(code.path("shownFrom").asText()).toInstant());
      shown = shown.plusSeconds(5);
      assertEquals(shown, OffsetDateTime.parse(code.path("shownUntil").asText()).toInstant());
      assertTrue(code.path("code").asText().startsWith("VRC1:" + classId + ":L01:" + device));
    }
  }

  @Test
  void thereAreNoCodesForWhatIsNotThere() {
    String classId = Samples.openClass(world);
    codes(classId, "L02", device).to(world).isProblem(404, "not_found");
    codes("C404", "L01", device).to(world).isProblem(404, "not_found");
    codes(classId, "L01", device).byForeign(Role.DEVICE).to(world).isProblem(403, "device_scope");
    codes(classId, "L01", "").to(world).isProblem(422, "invalid_field");
  }

  @Test
  void aPersonWhoScannedTheCodeGetsAReceipt() {
    String classId = Samples.openClass(world);
    Answer kept = signIn(classId, code(classId, 0)).key("k").to(world).is(201);
    assertTrue(kept.header("location").orElseThrow().startsWith("/v1/classes/" + classId));
    var heard = world.scans.seen.getFirst();
    assertEquals(device, heard.statement().device());
    assertEquals("L01", heard.lesson().value());
    assertTrue(heard.statement().signed().isEmpty());
    assertNotEquals("", world.people.pseudonym(IdType.CITIZEN_ID, Samples.MALE).value());
    Answer again = signIn(classId, code(classId, 0)).key("k").to(world).is(200);
    assertEquals(kept.text(), again.text());
    assertEquals("true", again.header("idempotent-replay").orElseThrow());
  }

  @Test
  void phonesAreDistinguishedWithoutBeingStored() {
    String classId = Samples.openClass(world);
    String code = code(classId, 0);
    signIn(classId, code).to(world).is(201);
    signIn(classId, code)
        .jsonOf(
            "{'code':'%s','act':'in','person':{'idType':'other','number':'E12345678'},'phone':'q'}"
                .formatted(code))
        .to(world)
        .is(201);
    assertNotEquals(world.scans.uses.get(0).phone(), world.scans.uses.get(1).phone());
    assertEquals(world.scans.uses.get(0).step(), world.scans.uses.get(1).step());
  }

  @Test
  void aCodeIsGoodWhileItIsShownAndOnePeriodLonger() {
    String classId = Samples.openClass(world);
    String code = code(classId, 0);
    world.now = world.now.plus(Duration.ofMillis(9_999));
    signIn(classId, code).to(world).is(201);
    world.now = world.now.plus(Duration.ofMillis(1));
    signIn(classId, code).to(world).isProblem(410, "qr_expired");
  }

  @Test
  void aCodeThatIsNotShownYetIsNone() {
    String classId = Samples.openClass(world);
    signIn(classId, code(classId, 1)).to(world).isProblem(400, "qr_invalid");
  }

  @Test
  void aForgedCodeIsNone() {
    String classId = Samples.openClass(world);
    String code = code(classId, 0);
    String last = code.endsWith("A") ? "B" : "A";
    for (String forged :
        new String[] {
          "x",
          code.substring(0, code.length() - 1) + last,
          code.substring(1),
          code + "A",
          code.replace(":L01:", ":L02:"),
          code.replace("VRC1", "VRC2")
        }) {
      signIn(classId, forged).to(world).isProblem(400, "qr_invalid");
    }
    signIn(Samples.filedClass(world), code).to(world).isProblem(400, "qr_invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'act':'in' | 'act':'void' | /act",
        "'phone':'p' | 'phone':'' | /phone",
        "'phone':'p' | 'phone':'p','more':1 | /more",
        "'idType':'citizen_id' | 'idType':'passport' | /person/idType",
        "990101199003150015 | 990101199003150016 | /person/number",
        "'person':{ | 'person':7,'x':{ | /x /person"
      })
  void everyFieldOfASignInIsChecked(String good, String bad, String places) {
    String body =
        "{'code':'c','act':'in','person':{'idType':'citizen_id','number':'%s'},'phone':'p'}"
            .formatted(Samples.MALE);
    signIn("C1", "c").jsonOf(body.replace(good, bad)).to(world).faultsAt(places.split(" "));
  }

  @Test
  void anEmptyBodyReportsEveryMissingField() {
    signIn("C1", "c").json("{}").to(world).faultsAt("/code", "/act", "/person", "/phone");
  }

  @Test
  void whatTheClassSaysIsAnswered() {
    String classId = Samples.openClass(world);
    String code = code(classId, 0);
    world.scans.outcome = Optional.of(new ScanOutcome.Refused(new ClassRefusal.CodeAlreadyUsed()));
    signIn(classId, code).to(world).isProblem(409, "qr_already_used");
    world.scans.outcome = Optional.of(new ScanOutcome.Refused(new ClassRefusal.PhoneAlreadyUsed()));
    signIn(classId, code).to(world).isProblem(409, "phone_already_used");
    world.scans.outcome = Optional.of(new ScanOutcome.DeviceRefused(DeviceFault.NOT_TRUSTED));
    signIn(classId, code).to(world).isProblem(403, "device_not_trusted");
  }
}
