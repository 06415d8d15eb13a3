package org.skillvoucher.gateway.journal.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.institution.InstitutionKind;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.institution.Site;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.trainingclass.ClassCommand.Change;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.domain.trainingclass.Supervision;

/** Events and states of institutions, devices and supervision, as the golden files hold them. */
public final class FieldSamples {
  private static final Instant AT = Samples.AT;
  private static final PersonPseudonym WITNESS = new PersonPseudonym("w".repeat(43));
  private static final LessonId LESSON = new LessonId("L1");
  private static final Change CHANGE = new Change("T-official", "power cut");
  private static final String DEVICE_ID = "DABCD0123456789X";
  private static final Device.Invitation INVITATION =
      new Device.Invitation("T-code", Instant.parse("2025-03-04T01:00:00Z"));
  private static final Device.SigningKey KEY = new Device.SigningKey(DeviceSuite.SM2, "MFkw");
  private static final Site SITE =
      new Site("S1", "东区培训点", "东路1号", List.of(new Site.Room("R1", "101教室")));
  static final Admission ADMISSION =
      new Admission(
          new CreditCode("91990000MA00000008"),
          new RegionCode("990000"),
          "示范职业培训学校",
          "licence 1",
          2025);

  private static final Admission ADMITTED_BY_OVERRIDE =
      new Admission(
          new CreditCode("91990000MA00000009"),
          new RegionCode("990000"),
          "示范职业培训学校",
          "licence 1",
          2025,
          Optional.of(InstitutionKind.INSTITUTION),
          Optional.of("registered so"));

  private FieldSamples() {}

  /** What a device signed, with its suite and hash. */
  static DeviceStatement statement() {
    return new DeviceStatement(
        DEVICE_ID + "-1",
        8,
        2,
        AT,
        1500,
        "beacon",
        "",
        "c".repeat(43),
        "h".repeat(43),
        "s".repeat(86),
        Optional.of(new DeviceStatement.Signed(DeviceSuite.ED25519, "d".repeat(43))));
  }

  /** Every member that can be there at once. */
  static Circumstances circumstances() {
    return new Circumstances(
        "S1",
        "R1",
        Optional.of(new Offline(Optional.of(AT.minusMillis(1500)), AT.plusSeconds(3600))),
        Optional.of(new RoomCodeUse(348_192_720, new Fingerprint(7))),
        Optional.of(WITNESS));
  }

  static Object event(String name) {
    return switch (name) {
      case "class.set_aside/1" ->
          new ClassEvent.Quarantined(
              Optional.of(Samples.PERSON),
              LESSON,
              Act.OUT,
              new Fingerprint(0x0123456789abcdefL),
              statement(),
              "captured",
              false,
              circumstances(),
              AT);
      case "class.device_noted/1" ->
          new ClassEvent.DeviceNoted(DeviceAnomaly.TAP_RATE, LESSON, Act.IN, statement(), 7, AT);
      case "class.gap_waived/1" -> new ClassEvent.GapWaived(DEVICE_ID + "-1", 3, 8, CHANGE, AT);
      case "class.rescheduled/1" -> new ClassEvent.Rescheduled(Samples.lessons(2), CHANGE, AT);
      case "class.spot_check_called/1" ->
          new ClassEvent.SpotCheckCalled(
              LESSON, new Window(AT, AT.plusSeconds(600)), "T-official", AT);
      case "class.correction_proposed/1" -> new ClassEvent.CorrectionProposed(correction(), AT);
      case "class.correction_decided/1" ->
          new ClassEvent.CorrectionDecided(
              "X1", new Correction.Decision(true, "T-other", "list on paper", AT), AT);
      case "class.flag_decided/1" -> new ClassEvent.FlagDecided("F1", true, CHANGE, AT);
      default -> institution(name);
    };
  }

  private static Object institution(String name) {
    return switch (name) {
      case "institution.admitted/1+override" ->
          new InstitutionEvent.Admitted(ADMITTED_BY_OVERRIDE, "T-official", AT);
      case "institution.admitted/1" -> new InstitutionEvent.Admitted(ADMISSION, "T-official", AT);
      case "institution.suspended/1" ->
          new InstitutionEvent.Suspended(
              StopReason.FORGED_MATERIAL, "report 7", AT.minusSeconds(60), "T-official", AT);
      case "institution.reinstated/1" ->
          new InstitutionEvent.Reinstated("put right", "T-official", AT);
      case "institution.exited/1" ->
          new InstitutionEvent.Exited(
              StopReason.NO_TRAINING_DELIVERED, "report 8", AT.plusSeconds(60), "T-official", AT);
      case "institution.site_put/1" -> new InstitutionEvent.SitePut(SITE, "T-school", AT);
      case "institution.device_invited/1" ->
          new InstitutionEvent.DeviceInvited(
              DEVICE_ID, "S1", "R1", "门口终端", 2, INVITATION, "T-school", AT);
      case "institution.device_enrolled/1" ->
          new InstitutionEvent.DeviceEnrolled(DEVICE_ID, KEY, AT);
      case "institution.device_suspended/1" ->
          new InstitutionEvent.DeviceSuspended(DEVICE_ID, "stolen", "T-school", AT);
      case "institution.device_reinstated/1" ->
          new InstitutionEvent.DeviceReinstated(DEVICE_ID, "found", "T-school", AT);
      case "institution.device_revoked/1" ->
          new InstitutionEvent.DeviceRevoked(DEVICE_ID, "scrapped", "T-school", AT);
      default -> throw new IllegalArgumentException("no sample of " + name);
    };
  }

  private static Correction correction() {
    return new Correction(
        "X1",
        Samples.PERSON,
        LESSON,
        Correction.Kind.BACK_FILL,
        "reader broke",
        "T-school",
        AT,
        Optional.empty());
  }

  static Supervision supervision() {
    Correction.Decision decision = new Correction.Decision(false, "T-other", "no proof", AT);
    Correction other =
        new Correction(
            "X2",
            WITNESS,
            LESSON,
            Correction.Kind.AMENDMENT,
            "was not there",
            "T-school",
            AT,
            Optional.of(decision));
    return new Supervision(
        Map.of("L1", new Window(AT, AT.plusSeconds(600))), List.of(correction(), other));
  }

  static Map<String, DeviceChainHead> devices() {
    return Map.of(
        DEVICE_ID + "-1",
        new DeviceChainHead(9, "d".repeat(43), 2, 12, AT.toEpochMilli(), 0, false, "S1"),
        DEVICE_ID + "-2",
        new DeviceChainHead(1, DeviceStatement.NO_PREVIOUS, 0, 0, 0, 5, true, ""));
  }

  public static InstitutionState.Admitted institution() {
    Device invited =
        new Device(
            "D2",
            "S1",
            "R1",
            "备用",
            1,
            Device.Status.INVITED,
            Optional.of(INVITATION),
            Optional.empty());
    Device enrolled =
        new Device(
            DEVICE_ID,
            "S1",
            "R1",
            "门口终端",
            2,
            Device.Status.SUSPENDED,
            Optional.of(INVITATION),
            Optional.of(KEY));
    return new InstitutionState.Admitted(
        ADMISSION,
        Optional.of(new InstitutionState.Stop(StopReason.MISMANAGEMENT, "report", AT, false)),
        Map.of(SITE.id(), SITE),
        Map.of(invited.id(), invited, enrolled.id(), enrolled));
  }
}
