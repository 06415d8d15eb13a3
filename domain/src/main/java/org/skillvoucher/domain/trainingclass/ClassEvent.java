package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;

/** What happened to a training class. Each is persisted under a name and version for good. */
public sealed interface ClassEvent {
  Instant at();

  record Filed(Filing filing, ClassRules rules, Instant at) implements ClassEvent {}

  record Approved(String official, Instant at) implements ClassEvent {}

  record Returned(String official, String reason, Instant at) implements ClassEvent {}

  record Enrolled(List<PersonPseudonym> people, Instant at) implements ClassEvent {
    public Enrolled {
      people = List.copyOf(people);
    }
  }

  record Scheduled(List<Lesson> lessons, Instant at) implements ClassEvent {
    public Scheduled {
      lessons = List.copyOf(lessons);
    }
  }

  record VoucherAdmitted(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record VoucherWithdrawn(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record Opened(Instant at) implements ClassEvent {}

  /** One attendance record (R41): the scan, how it was verified, and the receipt handed out. */
  record Attended(
      Scan scan,
      boolean late,
      String voucher,
      Verification verification,
      SealedReceipt receipt,
      Instant at,
      Optional<Circumstances> circumstances)
      implements ClassEvent {
    /** As it was persisted before circumstances were. */
    public Attended(
        Scan scan,
        boolean late,
        String voucher,
        Verification verification,
        SealedReceipt receipt,
        Instant at) {
      this(scan, late, voucher, verification, receipt, at, Optional.empty());
    }
  }

  /**
   * An offline statement that gave no receipt, and why.
   *
   * @param body fingerprint of what was signed
   * @param reason the code it was answered with: a refusal's, {@code repeated} or {@link #CAPTURED}
   * @param inTime whether it shows that the person, whose scan in was recorded as late, was not
   */
  record Quarantined(
      Optional<PersonPseudonym> person,
      LessonId lesson,
      Act act,
      Scan.Fingerprint body,
      DeviceStatement statement,
      String reason,
      boolean inTime,
      Circumstances circumstances,
      Instant at)
      implements ClassEvent {
    /** 未核验留存: captured, not verified; another answer may follow. */
    public static final String CAPTURED = "captured";
  }

  /**
   * An anomaly of a device's statement, which may be evidence beside the one it contradicts.
   *
   * @param expected the counter that was expected
   */
  record DeviceNoted(
      DeviceAnomaly matter,
      LessonId lesson,
      Act act,
      DeviceStatement statement,
      long expected,
      Instant at)
      implements ClassEvent {}

  /** The statements from {@code from} to before {@code to} are given up. */
  record GapWaived(String device, long from, long to, ClassCommand.Change change, Instant at)
      implements ClassEvent {}

  /** An existing timetable was changed: who, and why. */
  record Rescheduled(List<Lesson> lessons, ClassCommand.Change change, Instant at)
      implements ClassEvent {
    public Rescheduled {
      lessons = List.copyOf(lessons);
    }
  }

  record SpotCheckCalled(LessonId lesson, Windows.Window window, String by, Instant at)
      implements ClassEvent {}

  record CorrectionProposed(Correction correction, Instant at) implements ClassEvent {}

  record CorrectionDecided(String correctionId, Correction.Decision decision, Instant at)
      implements ClassEvent {}

  record FlagDecided(String flagId, boolean confirmed, ClassCommand.Change decider, Instant at)
      implements ClassEvent {}

  record Closed(long receipts, String lastPayloadHash, Instant at) implements ClassEvent {}
}
