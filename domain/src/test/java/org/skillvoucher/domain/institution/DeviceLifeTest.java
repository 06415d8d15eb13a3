package org.skillvoucher.domain.institution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.institution.Schools.ADMITTED;
import static org.skillvoucher.domain.institution.Schools.FIRST;
import static org.skillvoucher.domain.institution.Schools.KEY;
import static org.skillvoucher.domain.institution.Schools.OTHER_KEY;
import static org.skillvoucher.domain.institution.Schools.SECOND;
import static org.skillvoucher.domain.institution.Schools.UNKNOWN;
import static org.skillvoucher.domain.institution.Schools.enrol;
import static org.skillvoucher.domain.institution.Schools.invite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.institution.Device.Status;

/** A device's life: invited, enrolled, suspended, revoked, invited again. */
final class DeviceLifeTest {
  private static final InstitutionCommand ENROL = enrol("D1-1", KEY, FIRST);
  private static final InstitutionCommand SUSPEND =
      new InstitutionCommand.SuspendDevice("D1", "lost", "token-1", NINE);
  private static final InstitutionCommand REINSTATE =
      new InstitutionCommand.ReinstateDevice("D1", "found", "token-1", NINE);
  private static final InstitutionCommand REVOKE =
      new InstitutionCommand.RevokeDevice("D1", "stolen", "token-1", NINE);

  private final SchoolRun school = new SchoolRun(ADMITTED);

  @Test
  void anInvitedDeviceHasAPlaceAndANameButNoKeyAndIsNotTrustedYet() {
    assertEquals(
        accept(
            new InstitutionEvent.DeviceInvited("D1", "S1", "R1", "门口", 1, FIRST, "token-1", NINE)),
        school.send(invite(FIRST)));
    assertEquals(
        new Device("D1", "S1", "R1", "门口", 1, Status.INVITED, Optional.of(FIRST), Optional.empty()),
        school.device());
    assertEquals("D1-1", school.device().name());
    assertEquals(Optional.empty(), school.admitted().trusted("D1-1"));
    assertEquals(Optional.of(school.device()), school.admitted().named("D1-1"));
  }

  @Test
  void theSameInvitationAgainChangesNothingAndForAnotherPlaceIsRefused() {
    school.after(invite(FIRST));

    assertEquals(already(), school.send(invite(FIRST)));
    for (var elsewhere : List.of(place("R2", "门口"), place("R1", "后门"))) {
      assertEquals(reject(new InstitutionRefusal.InvitedOtherwise()), school.send(elsewhere));
    }
  }

  private static InstitutionCommand place(String room, String label) {
    return new InstitutionCommand.InviteDevice("D1", "S1", room, label, FIRST, "token-1", NINE);
  }

  @Test
  void noDeviceIsInvitedToAPlaceTheInstitutionDoesNotHave() {
    for (String[] place : new String[][] {{"S9", "R1"}, {"S1", "R9"}}) {
      assertEquals(
          reject(new InstitutionRefusal.NoSuchPlace()),
          school.send(
              new InstitutionCommand.InviteDevice(
                  "D1", place[0], place[1], "门口", FIRST, "token-1", NINE)));
    }
  }

  @Test
  void anInstitutionHasAtMostAThousandDevices() {
    for (int number = 1; number <= InstitutionDecider.DEVICES_MAX; number++) {
      school.after(numbered(number));
    }

    assertEquals(reject(new InstitutionRefusal.Full(1000)), school.send(numbered(1001)));
    assertEquals(already(), school.send(numbered(1)));
  }

  private static InstitutionCommand numbered(int number) {
    return new InstitutionCommand.InviteDevice(
        "D" + number,
        "S1",
        "R1",
        "门口",
        Schools.invitation("code-" + number, NINE),
        "token-1",
        NINE);
  }

  @Test
  void anEnrolledDeviceIsTrustedUnderItsNameWithItsKey() {
    school.after(invite(FIRST));

    assertEquals(accept(new InstitutionEvent.DeviceEnrolled("D1", KEY, NINE)), school.send(ENROL));
    assertEquals(Optional.of(KEY), school.admitted().trusted("D1-1").orElseThrow().key());
  }

  @Test
  void anEnrolmentCodeServesOneKeyWhichMayAskAgain() {
    school.after(invite(FIRST), ENROL);

    assertEquals(already(), school.send(ENROL));
    assertEquals(
        reject(new InstitutionRefusal.CodeUsed()), school.send(enrol("D1-1", OTHER_KEY, FIRST)));
    assertEquals(Optional.of(KEY), school.device().key());
  }

  @Test
  void anotherDevicesCodeEnrolsNobody() {
    school.after(invite(FIRST));

    assertEquals(
        reject(new InstitutionRefusal.CodeUsed()), school.send(enrol("D1-1", KEY, SECOND)));
  }

  @Test
  void anEnrolmentCodeLastsUntilTheSecondItExpires() {
    school.after(invite(FIRST));
    Instant end = FIRST.expiresAt();

    assertEquals(reject(new InstitutionRefusal.CodeUsed()), school.send(enrolAt(end)));
    assertEquals(
        accept(new InstitutionEvent.DeviceEnrolled("D1", KEY, end.minusMillis(1))),
        school.send(enrolAt(end.minusMillis(1))));
    // The answer was lost, and it asks again.
    assertEquals(already(), school.send(enrolAt(end)));
  }

  private static InstitutionCommand enrolAt(Instant at) {
    return new InstitutionCommand.EnrolDevice("D1-1", KEY, FIRST.tokenId(), at);
  }

  @Test
  void aDeviceThatWasNeverInvitedIsUnknown() {
    for (var command : List.of(ENROL, SUSPEND, REINSTATE, REVOKE)) {
      assertEquals(reject(new InstitutionRefusal.NoSuchDevice()), school.send(command));
    }
    assertEquals(Optional.empty(), school.admitted().named("D1-1"));
    assertEquals(Optional.empty(), school.admitted().named(""));
  }

  @Test
  void invitedAnewADeviceTakesANewNameAndItsOldOneIsTrustedNoMore() {
    school.after(invite(FIRST), ENROL, invite(SECOND));

    assertEquals("D1-2", school.device().name());
    assertEquals(Optional.empty(), school.device().key());
    assertEquals(Optional.empty(), school.admitted().named("D1-1"));
    assertEquals(Optional.empty(), school.admitted().trusted("D1-2"));

    school.after(enrol("D1-2", OTHER_KEY, SECOND));
    assertEquals(Optional.of(OTHER_KEY), school.admitted().trusted("D1-2").orElseThrow().key());
    assertEquals(Optional.empty(), school.admitted().trusted("D1-1"));
  }

  @Test
  void aCodeThatANewerOneReplacedEnrolsNobodyUnderEitherName() {
    school.after(invite(FIRST), invite(SECOND));

    for (String name : List.of("D1-1", "D1-2")) {
      assertEquals(reject(new InstitutionRefusal.CodeUsed()), school.send(enrol(name, KEY, FIRST)));
    }
  }

  @Test
  void aLateRepeatOfAnOlderInvitationDoesNotTakeTheDeviceOutOfService() {
    school.after(invite(FIRST), ENROL, invite(SECOND), enrol("D1-2", OTHER_KEY, SECOND));

    assertEquals(reject(new InstitutionRefusal.CodeUsed()), school.send(invite(FIRST)));
    assertEquals(Optional.of(school.device()), school.admitted().trusted("D1-2"));
  }

  @Test
  void aSuspendedDeviceIsKnownButNotTrustedUntilItIsReinstated() {
    school.after(invite(FIRST), ENROL, SUSPEND);

    assertEquals(Optional.empty(), school.admitted().trusted("D1-1"));
    assertEquals(Status.SUSPENDED, school.admitted().named("D1-1").orElseThrow().status());
    assertEquals(Optional.of(KEY), school.device().key());

    school.after(REINSTATE);
    assertEquals(Optional.of(KEY), school.admitted().trusted("D1-1").orElseThrow().key());
  }

  @Test
  void whoSuspendsReinstatesOrRevokesAndWhyIsKept() {
    school.after(invite(FIRST), ENROL);

    assertEquals(
        accept(new InstitutionEvent.DeviceSuspended("D1", "lost", "token-1", NINE)),
        school.send(SUSPEND));
    assertEquals(
        accept(new InstitutionEvent.DeviceReinstated("D1", "found", "token-1", NINE)),
        school.send(REINSTATE));
    assertEquals(
        accept(new InstitutionEvent.DeviceRevoked("D1", "stolen", "token-1", NINE)),
        school.send(REVOKE));
  }

  @Test
  void aRevokedDeviceComesBackOnlyByANewInvitation() {
    school.after(invite(FIRST), ENROL, REVOKE);

    assertEquals(Optional.empty(), school.admitted().trusted("D1-1"));
    assertEquals(state(Status.REVOKED), school.send(REINSTATE));
    school.after(invite(SECOND), enrol("D1-2", OTHER_KEY, SECOND));
    assertEquals(Status.ENROLLED, school.admitted().trusted("D1-2").orElseThrow().status());
  }

  /**
   * Commands to a device in a status, with the expected events; null means that nothing is written.
   */
  record Row(
      List<InstitutionCommand> before,
      InstitutionCommand command,
      Decision<InstitutionEvent, InstitutionRefusal> then) {}

  static Stream<Row> whatDoesNotFit() {
    List<InstitutionCommand> invited = List.of(invite(FIRST));
    List<InstitutionCommand> enrolled = List.of(invite(FIRST), ENROL);
    List<InstitutionCommand> suspended = List.of(invite(FIRST), ENROL, SUSPEND);
    List<InstitutionCommand> revoked = List.of(invite(FIRST), ENROL, REVOKE);
    return Stream.of(
        new Row(invited, SUSPEND, state(Status.INVITED)),
        new Row(invited, REINSTATE, state(Status.INVITED)),
        new Row(enrolled, REINSTATE, already()),
        new Row(suspended, SUSPEND, already()),
        new Row(suspended, ENROL, state(Status.SUSPENDED)),
        new Row(revoked, SUSPEND, state(Status.REVOKED)),
        new Row(revoked, REINSTATE, state(Status.REVOKED)),
        new Row(revoked, ENROL, state(Status.REVOKED)),
        new Row(revoked, REVOKE, already()));
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> state(Status status) {
    return reject(new InstitutionRefusal.DeviceState(status));
  }

  @ParameterizedTest
  @MethodSource("whatDoesNotFit")
  void whatDoesNotFitADevicesStateIsRefusedWithItOrChangesNothing(Row row) {
    row.before().forEach(school::after);

    assertEquals(row.then(), school.send(row.command()));
  }

  @Test
  void aCorruptJournalIsLoud() {
    var enrolled = new InstitutionEvent.DeviceEnrolled("D1", KEY, NINE);

    assertThrows(IllegalStateException.class, () -> InstitutionDecider.evolve(UNKNOWN, enrolled));
    assertThrows(IllegalStateException.class, () -> InstitutionDecider.evolve(ADMITTED, enrolled));
  }
}
