package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.institution.Site;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

class InstitutionActorTest {
  private static final ActorTestKit KIT = ActorTestKit.create("institution", ActorKit.CONFIG);
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final InstitutionCommand ADMIT =
      new InstitutionCommand.Admit(
          new Admission(ClassStory.SCHOOL, new RegionCode("990101"), "学校", "licence", 2026),
          "T-official",
          NOW);
  private static final InstitutionCommand SITE =
      new InstitutionCommand.PutSite(
          new Site("S1", "东区", "东路1号", List.of(new Site.Room("R1", "101"))), "T-school", NOW);
  private static final Device.SigningKey KEY = new Device.SigningKey(DeviceSuite.ED25519, "MCow");

  private final EventSourcedBehaviorTestKit<
          InstitutionActor.Request, InstitutionEvent, Versioned<InstitutionState>>
      institution =
          EventSourcedBehaviorTestKit.create(
              KIT.system(),
              InstitutionActor.create(ClassStory.SCHOOL, ActorKit.SETTINGS),
              EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    institution.clear();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private CommandResultWithReply<
          InstitutionActor.Request,
          InstitutionEvent,
          Versioned<InstitutionState>,
          Institutions.Answer>
      send(InstitutionCommand command) {
    return institution.runCommand(
        replyTo -> new InstitutionActor.Request.Decide(command, Actor.GATEWAY, replyTo));
  }

  private DeviceStanding standing(String device) {
    return institution
        .<DeviceStanding>runCommand(
            replyTo -> new InstitutionActor.Request.FindDevice(device, replyTo))
        .reply();
  }

  private static InstitutionCommand invite(String tokenId) {
    return new InstitutionCommand.InviteDevice(
        "D1",
        "S1",
        "R1",
        "door",
        new Device.Invitation(tokenId, NOW.plus(Duration.ofDays(1))),
        "T-school",
        NOW);
  }

  private static InstitutionCommand enrol(String name, String tokenId) {
    return new InstitutionCommand.EnrolDevice(name, KEY, tokenId, NOW);
  }

  private void withADevice() {
    List.of(ADMIT, SITE, invite("T-code"), enrol("D1-1", "T-code")).forEach(this::send);
  }

  @Test
  void aDeviceOfAnInstitutionThatWasNeverAdmittedIsNotTrusted() {
    assertEquals(new DeviceStanding.NotTrusted(), standing("D1-1"));
    var refused = send(SITE);
    assertTrue(refused.hasNoEvents());
    assertEquals(
        new Institutions.Answer.Refused(new InstitutionRefusal.NotAdmitted()), refused.reply());
  }

  @Test
  void anEnrolledDeviceIsTrustedAlsoAfterARestart() {
    withADevice();
    DeviceStanding trusted =
        new DeviceStanding.Trusted(KEY.suite(), KEY.publicKey(), "S1", "R1", Optional.empty());
    assertEquals(trusted, standing("D1-1"));
    institution.restart();
    assertEquals(trusted, standing("D1-1"));
  }

  @Test
  void theSameCommandAgainWritesNothing() {
    withADevice();
    for (InstitutionCommand command :
        List.of(ADMIT, SITE, invite("T-code"), enrol("D1-1", "T-code"))) {
      var again = send(command);
      assertTrue(again.hasNoEvents(), command.toString());
      assertFalse(assertInstanceOf(Institutions.Answer.Done.class, again.reply()).changed());
    }
  }

  @Test
  void anInvitedDeviceIsNotTrustedUntilItHasEnrolled() {
    List.of(ADMIT, SITE, invite("T-code")).forEach(this::send);
    assertEquals(new DeviceStanding.NotTrusted(), standing("D1-1"));
  }

  @Test
  void afterANewEnrolmentTheOldNameIsNotTrustedAnyMore() {
    withADevice();
    send(invite("T-code2"));
    send(enrol("D1-2", "T-code2"));
    assertEquals(new DeviceStanding.NotTrusted(), standing("D1-1"));
    assertInstanceOf(DeviceStanding.Trusted.class, standing("D1-2"));
  }

  @Test
  void aSuspendedDeviceIsTrustedAgainOnceReinstatedAndARevokedOneNever() {
    withADevice();
    send(new InstitutionCommand.SuspendDevice("D1", "fork", "gateway", NOW));
    assertEquals(new DeviceStanding.NotTrusted(), standing("D1-1"));
    send(new InstitutionCommand.ReinstateDevice("D1", "looked into", "T-official", NOW));
    assertInstanceOf(DeviceStanding.Trusted.class, standing("D1-1"));
    send(new InstitutionCommand.RevokeDevice("D1", "scrapped", "T-official", NOW));
    assertEquals(new DeviceStanding.NotTrusted(), standing("D1-1"));
    var refused = send(new InstitutionCommand.ReinstateDevice("D1", "after all", "T", NOW));
    assertTrue(refused.hasNoEvents());
    assertInstanceOf(Institutions.Answer.Refused.class, refused.reply());
  }

  @Test
  void aTrustedDevicesStandingNamesTheStartOfItsInstitutionsStop() {
    withADevice();
    Instant from = NOW.plus(Duration.ofDays(3));
    send(
        new InstitutionCommand.Suspend(
            StopReason.FORGED_MATERIAL, "report", from, "T-official", NOW));
    var trusted = assertInstanceOf(DeviceStanding.Trusted.class, standing("D1-1"));
    assertEquals(Optional.of(from), trusted.institutionStoppedFrom());
    send(new InstitutionCommand.Reinstate("put right", "T-official", NOW));
    assertEquals(
        Optional.empty(),
        assertInstanceOf(DeviceStanding.Trusted.class, standing("D1-1")).institutionStoppedFrom());
  }

  @Test
  void aTrustedDevicesStandingNamesFormerStopsOfItsInstitution() {
    withADevice();
    Instant from = NOW.minus(Duration.ofHours(2));
    Instant until = NOW.minus(Duration.ofHours(1));
    send(
        new InstitutionCommand.Suspend(
            StopReason.FORGED_MATERIAL, "report", from, "T-official", NOW));
    send(new InstitutionCommand.Reinstate("put right", "T-official", until));
    var trusted = assertInstanceOf(DeviceStanding.Trusted.class, standing("D1-1"));

    assertEquals(Optional.empty(), trusted.stoppedFrom(from.minusMillis(1)));
    assertEquals(Optional.of(from), trusted.stoppedFrom(from));
    assertEquals(Optional.of(from), trusted.stoppedFrom(until.minusMillis(1)));
    assertEquals(Optional.empty(), trusted.stoppedFrom(until));
  }

  @Test
  void theStateFoundIsThatOfTheJournal() {
    withADevice();
    InstitutionState found =
        institution
            .<InstitutionActor.Found>runCommand(InstitutionActor.Request.Find::new)
            .reply()
            .state();
    var admitted = assertInstanceOf(InstitutionState.Admitted.class, found);
    assertEquals("admitted", admitted.name());
    assertEquals(List.of("D1"), List.copyOf(admitted.devices().keySet()));
    assertEquals(4, institution.getState().revision());
  }
}
