package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.security.Role;

class ScanRoutesTest {
  private final World world = new World();

  private static Ask scan() {
    return Ask.post("/v1/classes/C1/scans").by(Role.DEVICE).json(Samples.scan("C1"));
  }

  @Test
  void aKeptScanIsAnsweredWithItsReceiptAndItsAddress() {
    Answer kept = scan().key("scan-1").to(world).is(201);
    assertEquals("/v1/classes/C1/receipts/1", kept.header("location").orElseThrow());
    assertEquals("C1/L01", kept.json().at("/payload/cls").asText());
    assertTrue(world.scans.keys.getFirst().startsWith("kiosk-1."));
    assertFalse(kept.header("idempotent-replay").isPresent());
  }

  @Test
  void aScanSentAgainGetsTheSameBytes() {
    Ask scan = scan();
    Answer first = scan.to(world).is(201);
    Answer again = scan.to(world).is(200);
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("idempotent-replay").orElseThrow());
    assertEquals(first.header("location"), again.header("location"));
  }

  @Test
  void aScansKeyIsRememberedByItsClassAndByNobodyElse() {
    world.keys.failure = Optional.of(new IllegalStateException("not to be asked"));
    scan().to(world).is(201);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    scan().key("k").to(world).is(201);
    scan()
        .key("k")
        .json(Samples.scan("C1", Samples.CARD, "2"))
        .to(world)
        .isProblem(422, "idempotency_key_reused");
  }

  @Test
  void anotherDevicesSameKeyIsAnotherKey() {
    scan().key("k").to(world).is(201);
    scan().key("k").token("device-2").to(world).is(201);
    assertNotEquals(world.scans.seen.get(0).key(), world.scans.seen.get(1).key());
    assertEquals(world.scans.seen.get(0).body(), world.scans.seen.get(1).body());
  }

  @Test
  void theStatementIsKeptAsTheDeviceMadeIt() {
    scan().to(world).is(201);
    var kept = world.scans.seen.getFirst();
    assertEquals("L01", kept.lesson().value());
    assertEquals("kiosk-1", kept.statement().device());
    assertEquals(1772413200000L, kept.statement().tappedAt().toEpochMilli());
    var shown =
        assertInstanceOf(Attempt.Presented.PhysicalCard.class, world.scans.presented.getFirst());
    assertEquals(world.people.pseudonym(IdType.CITIZEN_ID, Samples.MALE), shown.holder());
    assertEquals("张三", shown.reading().name());
  }

  @Test
  void aForeignersCardIsTakenAsItIs() {
    scan()
        .json(Samples.scan("C1", Samples.CARD.replace(Samples.MALE, "E12345678")))
        .to(world)
        .is(201);
    assertEquals(
        Optional.of(world.people.pseudonym(IdType.OTHER, "E12345678")),
        world.scans.presented.getFirst().person());
  }

  @Test
  void theStatementIsOfTheClassInTheAddress() {
    scan().json(Samples.scan("C2")).to(world).faultsAt("/statement/cls");
    scan().json(Samples.scan("C1").replace("C1/L01", "C1/")).to(world).faultsAt("/statement/cls");
    scan().json(Samples.scan("C1").replace("C1/L01", "C1")).to(world).faultsAt("/statement/cls");
  }

  @Test
  void aBlankCardIsRefusedClearly() {
    scan()
        .json(Samples.scan("C1", Samples.CARD.replace(Samples.MALE, "").replace("张三", "")))
        .to(world)
        .faultsAt("/presented/record");
  }

  @Test
  void everyFieldOfAScanIsChecked() {
    scan()
        .jsonOf(
            "{'presented':{'way':'by_heart','salt':'short'},'signature':'=','statement':{"
                + "'$t':'vds2','act':'void','cls':'C1/L01','crd':'*','ctr':0,'dev':'a b','ep':-1,"
                + "'lb':'','mono':1.5,'non':'','ph':1,'t':'now'}}")
        .to(world)
        .faultsAt(
            "/presented/salt",
            "/presented/way",
            "/signature",
            "/statement/$t",
            "/statement/act",
            "/statement/dev",
            "/statement/ctr",
            "/statement/ep",
            "/statement/mono",
            "/statement/t",
            "/statement/crd",
            "/statement/ph");
  }

  @Test
  void aStatementThatCommitsItselfToSomethingElseIsNotTheDevices() {
    scan()
        .json(Samples.scan("C1").replace("张三", "张四"))
        .to(world)
        .isProblem(401, "device_signature_invalid");
    assertEquals(List.of(), world.scans.seen);
  }

  @Test
  void everyWayToSignInIsRead() {
    String salt = "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"";
    String record = "990100|990101199003150023|A2|990100D1560000050000000000000002|李四|||||||";
    for (String shown :
        List.of(
            "{\"way\":\"personal_code\",\"code\":\"QR\"," + salt + "}",
            "{\"way\":\"typed_number\",\"number\":\"" + Samples.MALE + "\"," + salt + "}",
            "{\"way\":\"assisted\",\"person\":{\"idType\":\"citizen_id\",\"number\":\""
                + Samples.MALE
                + "\"},\"witness\":\""
                + record
                + "\",\"reason\":\"broken card\","
                + salt
                + "}")) {
      scan().json(Samples.scan("C1", shown)).to(world).is(201);
    }

    assertEquals(
        List.of(
            Attempt.Presented.PersonalCode.class,
            Attempt.Presented.TypedNumber.class,
            Attempt.Presented.Assisted.class),
        world.scans.presented.stream().map(Object::getClass).toList());
  }

  @Test
  void anUnknownClassAndAnUnknownPersonReadTheSame() {
    world.scans.outcome = Optional.of(new ScanOutcome.Refused(new ClassRefusal.NotEnrolled()));
    Answer unknown =
        Ask.post("/v1/classes/C404/scans")
            .by(Role.DEVICE)
            .json(Samples.scan("C404"))
            .to(world)
            .isProblem(403, "not_enrolled");
    assertEquals(unknown.text(), scan().to(world).isProblem(403, "not_enrolled").text());
  }

  @Test
  void aCardThePlatformDoesNotVouchForIsRefused() {
    world.scans.outcome = Optional.of(new ScanOutcome.CardRefused(new CardOutcome.NotActive()));
    scan().to(world).isProblem(403, "card_status");
    world.scans.outcome = Optional.of(new ScanOutcome.CardRefused(new CardOutcome.NotAuthentic()));
    scan().to(world).isProblem(403, "card_not_authenticated");
  }

  @Test
  void aSilentPlatformIsNoRefusal() {
    world.scans.failure = Optional.of(new CardPlatform.Silent("throttled 990101199003150015"));
    Answer unknown = scan().to(world).isProblem(503, "try_again");
    assertEquals("2", unknown.header("retry-after").orElseThrow());
    assertFalse(unknown.text().contains("9901"));
  }

  @Test
  void whateverFailsBehindTheScanIsUnknownAndTellsNothing() {
    for (Throwable failure :
        List.of(
            new TimeoutException("ask"),
            new IllegalStateException("key file /etc/key"),
            new CompletionException(new IOException("db.internal:5432")))) {
      world.scans.failure = Optional.of(failure);
      Answer unknown = scan().to(world).isProblem(503, "try_again");
      assertFalse(unknown.text().contains("/etc"));
      assertFalse(unknown.text().contains("5432"));
    }
  }

  @Test
  void aDeviceTokenOfNoInstitutionMayNotScan() {
    world.authenticator = Tokens.of(Role.DEVICE, Tokens.EVERYWHERE);
    scan().to(world).isProblem(403, "forbidden");
  }
}
