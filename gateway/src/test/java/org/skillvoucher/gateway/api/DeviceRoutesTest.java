package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.security.Role;

class DeviceRoutesTest {
  private static final String ALL = "/v1/institutions/" + World.SCHOOL + "/devices";
  private static final String SITE =
      "{'siteId':'S1','name':'一号楼','address':'a','rooms':[{'roomId':'R1','name':'201 室'}]}";
  private static final String INVITE = "{'siteId':'S1','roomId':'R1','name':'门口'}";
  private static final String REASON = "{'reason':'丢失'}";

  private final World world = new World();

  DeviceRoutesTest() {
    Ask.post("/v1/institutions/" + World.SCHOOL + "/sites")
        .by(Role.INSTITUTION)
        .jsonOf(SITE)
        .to(world)
        .is(200);
  }

  private static Ask invite() {
    return Ask.post(ALL).by(Role.INSTITUTION).jsonOf(INVITE);
  }

  private static Ask enrol(String device, String key) {
    return Ask.post("/v1/enrolments")
        .by(Role.DEVICE_ENROLMENT)
        .jsonOf("{'device':'%s','publicKey':'%s'}".formatted(device, key));
  }

  /** A new key: base64url of its SubjectPublicKeyInfo. */
  static String ed25519() {
    try {
      byte[] spki =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(spki);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode invited() {
    return invite().to(world).is(201).json();
  }

  private String enrolled() {
    JsonNode invitation = invited();
    enrol(invitation.path("device").asText(), ed25519()).to(world).is(201);
    return invitation.path("deviceId").asText();
  }

  private Answer change(String id, String what) {
    return Ask.post(ALL + "/" + id + "/" + what).by(Role.INSTITUTION).jsonOf(REASON).to(world);
  }

  @Test
  void anInvitationHoldsTheDevicesIdAndItsCode() {
    JsonNode invitation = invited();
    String id = invitation.path("deviceId").asText();
    assertEquals(id + "-1", invitation.path("device").asText());
    assertEquals(16, id.length());
    assertFalse(invitation.path("enrolmentCode").asText().isEmpty());
    assertEquals("S1", invitation.path("siteId").asText());
    assertEquals("2026-03-03T08:00:00+08:00", invitation.path("expiresAt").asText());
  }

  @Test
  void theSameInvitationAgainIsTheSameDevice() {
    Ask invite = invite();
    assertEquals(invite.to(world).is(201).text(), invite.to(world).is(201).text());
    assertNotEquals(invited().path("deviceId"), invited().path("deviceId"));
  }

  @Test
  void theSameInvitationForAnotherPlaceIsAReusedKey() {
    invite().key("k").to(world).is(201);
    invite()
        .key("k")
        .jsonOf(INVITE.replace("门口", "窗边"))
        .to(world)
        .isProblem(422, "idempotency_key_reused");
  }

  @Test
  void noSecretIsStoredWithTheIdempotencyKeys() {
    world.keys.failure = java.util.Optional.of(new IllegalStateException("not to be asked"));
    JsonNode invitation = invited();
    enrol(invitation.path("device").asText(), ed25519()).to(world).is(201);
  }

  @ParameterizedTest
  @CsvSource({"S1, R2", "S2, R1"})
  void aDeviceIsInAnExistingRoom(String site, String room) {
    invite()
        .jsonOf("{'siteId':'%s','roomId':'%s','name':'n'}".formatted(site, room))
        .to(world)
        .isProblem(404, "site_unknown");
  }

  @Test
  void everyFieldOfAnInvitationIsChecked() {
    invite().json("{}").to(world).faultsAt("/siteId", "/roomId", "/name");
    invite()
        .jsonOf("{'siteId':7,'roomId':'a b','name':'','place':'x'}")
        .to(world)
        .faultsAt("/place", "/siteId", "/roomId", "/name");
  }

  @Test
  void aDeviceEnrolsWithItsKeyAndGetsItsToken() {
    JsonNode invitation = invited();
    String device = invitation.path("device").asText();
    JsonNode enrolled = enrol(device, ed25519()).to(world).is(201).json();
    assertEquals(device, enrolled.path("device").asText());
    assertEquals("vgw_of-" + device, enrolled.path("token").asText());
    assertEquals(World.SCHOOL, enrolled.path("institution").asText());
    assertEquals("R1", enrolled.path("roomId").asText());
  }

  @Test
  void theSameKeyAgainGetsTheSameAnswerAndAnotherKeyIsRefused() {
    String device = invited().path("device").asText();
    String key = ed25519();
    assertEquals(
        enrol(device, key).to(world).is(201).text(), enrol(device, key).to(world).is(201).text());
    enrol(device, ed25519()).to(world).isProblem(409, "enrolment_code_used");
  }

  @Test
  void anExpiredCodeEnrolsNobody() {
    String device = invited().path("device").asText();
    world.now = StubCredentials.EXPIRES;
    enrol(device, ed25519()).to(world).isProblem(409, "enrolment_code_used");
  }

  @Test
  void aDeviceThatWasNeverInvitedIsNotFound() {
    enrol("D0000-1", ed25519()).to(world).isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "not base64url!",
        "MCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE", // X25519
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
      })
  void whatIsNoKeyOfASuiteIsRefused(String key) {
    enrol(invited().path("device").asText(), key)
        .to(world)
        .isProblem(422, "invalid_field")
        .json()
        .path("errors")
        .valueStream()
        .forEach(error -> assertEquals("/publicKey", error.path("pointer").asText()));
  }

  @Test
  void anEnrolmentCodeEnrolsAndDoesNothingElse() {
    Ask.get(ALL).by(Role.DEVICE_ENROLMENT).to(world).isProblem(403, "forbidden");
    enrol("D1-1", ed25519()).by(Role.DEVICE).to(world).isProblem(403, "forbidden");
  }

  @Test
  void aDeviceIsSuspendedReinstatedAndRevoked() {
    String id = enrolled();
    assertEquals("suspended", change(id, "suspension").is(200).json().path("status").asText());
    assertEquals("enrolled", change(id, "reinstatement").is(200).json().path("status").asText());
    assertEquals("revoked", change(id, "revocation").is(200).json().path("status").asText());
    assertEquals(List.of(id + "-1"), world.credentials.revoked);
    Answer refused = change(id, "reinstatement").isProblem(409, "device_state");
    assertEquals("revoked", refused.json().path("state").asText());
    assertEquals(409, refused.json().path("status").asInt());
  }

  @Test
  void theAuthoritySuspendsDevicesToo() {
    String id = enrolled();
    Ask.post(ALL + "/" + id + "/suspension")
        .by(Role.ISSUING_AUTHORITY)
        .jsonOf(REASON)
        .to(world)
        .is(200);
  }

  @Test
  void endingOrRenewingTrustRequiresAReason() {
    String id = enrolled();
    for (String what : List.of("suspension", "reinstatement", "revocation")) {
      String path = ALL + "/" + id + "/" + what;
      Ask.post(path).by(Role.INSTITUTION).json("{}").to(world).faultsAt("/reason");
      Ask.post(path)
          .by(Role.INSTITUTION)
          .jsonOf("{'reason':'" + "长".repeat(501) + "'}")
          .to(world)
          .faultsAt("/reason");
    }
  }

  @Test
  void aDeviceInvitedAnewHasItsNextName() {
    String id = enrolled();
    JsonNode anew =
        Ask.post(ALL + "/" + id + "/invitation").by(Role.INSTITUTION).to(world).is(201).json();
    assertEquals(id + "-2", anew.path("device").asText());
    assertEquals("S1", anew.path("siteId").asText());
    enrol(id + "-2", ed25519()).token(anew.path("enrolmentCode").asText()).to(world).is(201);
    enrol(id + "-1", ed25519()).to(world).isProblem(409, "enrolment_code_used");
  }

  @Test
  void anUnknownDeviceIsNotFoundWhateverIsAskedOfIt() {
    for (String what : List.of("suspension", "reinstatement", "revocation")) {
      change("D404", what).isProblem(404, "not_found");
    }
    Ask.post(ALL + "/D404/invitation").by(Role.INSTITUTION).to(world).isProblem(404, "not_found");
  }

  @Test
  void anotherTenantsDevicesAreAsIfTheyDidNotExist() {
    String id = enrolled();
    invite().byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    Ask.get(ALL).byForeign(Role.INSTITUTION).to(world).isProblem(404, "not_found");
    Ask.post(ALL + "/" + id + "/revocation")
        .byForeign(Role.ISSUING_AUTHORITY)
        .jsonOf(REASON)
        .to(world)
        .isProblem(404, "not_found");
  }

  @Test
  void theListGoesByTheDevicesIdsPageByPage() {
    String enrolled = enrolled();
    String invited = invited().path("deviceId").asText();
    JsonNode first = Ask.get(ALL + "?limit=1").by(Role.AUDITOR).to(world).is(200).json();
    assertEquals(1, first.path("items").size());
    String cursor = first.path("nextCursor").asText();
    JsonNode second =
        Ask.get(ALL + "?limit=1&cursor=" + cursor).by(Role.AUDITOR).to(world).is(200).json();
    assertFalse(second.has("nextCursor"));
    assertEquals(
        List.of(enrolled, invited).stream().sorted().toList(),
        List.of(first.at("/items/0/deviceId").asText(), second.at("/items/0/deviceId").asText()));
  }

  @Test
  void aDeviceInTheListHasASuiteOnceItHasAKey() {
    enrolled();
    JsonNode listed = Ask.get(ALL).by(Role.INSTITUTION).to(world).is(200).json();
    assertEquals("enrolled", listed.at("/items/0/status").asText());
    assertEquals("ed25519", listed.at("/items/0/suite").asText());
    assertFalse(listed.toString().contains("device_enrolment"));
  }
}
