package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;

/**
 * What happened to a training class. Each is persisted under a name and version for good. {@code
 * by} is absent from events persisted before tokens named people.
 */
public sealed interface ClassEvent {
  Instant at();

  record Filed(Filing filing, ClassRules rules, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public Filed(Filing filing, ClassRules rules, Instant at) {
      this(filing, rules, at, Optional.empty());
    }
  }

  record Approved(String official, Instant at, Optional<Actor> by) implements ClassEvent {
    public Approved(String official, Instant at) {
      this(official, at, Optional.empty());
    }
  }

  record Returned(String official, String reason, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public Returned(String official, String reason, Instant at) {
      this(official, reason, at, Optional.empty());
    }
  }

  /**
   * People were put on the roster.
   *
   * @param nameDiffers those of them whose name differs from a confirmed one; absent when there are
   *     none
   */
  record Enrolled(
      List<PersonPseudonym> people,
      Instant at,
      Optional<Actor> by,
      Optional<List<PersonPseudonym>> nameDiffers)
      implements ClassEvent {
    public Enrolled {
      people = List.copyOf(people);
      nameDiffers = nameDiffers.map(List::copyOf);
    }

    public Enrolled(List<PersonPseudonym> people, Instant at) {
      this(people, at, Optional.empty(), Optional.empty());
    }
  }

  /** A person was taken off the roster (移出名册); scans of the person stay in the journal. */
  record Unenrolled(PersonPseudonym person, String reason, Instant at, Optional<Actor> by)
      implements ClassEvent {}

  /** A person's name was mended (姓名更正); the name itself is in the vault only. */
  record NameMended(PersonPseudonym person, String reason, Instant at, Optional<Actor> by)
      implements ClassEvent {}

  record Scheduled(List<Lesson> lessons, Instant at, Optional<Actor> by) implements ClassEvent {
    public Scheduled {
      lessons = List.copyOf(lessons);
    }

    public Scheduled(List<Lesson> lessons, Instant at) {
      this(lessons, at, Optional.empty());
    }
  }

  record VoucherAdmitted(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record VoucherWithdrawn(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassEvent {}

  record Opened(Instant at, Optional<Actor> by) implements ClassEvent {
    public Opened(Instant at) {
      this(at, Optional.empty());
    }
  }

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
  record GapWaived(
      String device, long from, long to, ClassCommand.Change change, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public GapWaived(String device, long from, long to, ClassCommand.Change change, Instant at) {
      this(device, from, to, change, at, Optional.empty());
    }
  }

  /** An existing timetable was changed: who, and why. */
  record Rescheduled(
      List<Lesson> lessons, ClassCommand.Change change, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public Rescheduled {
      lessons = List.copyOf(lessons);
    }

    public Rescheduled(List<Lesson> lessons, ClassCommand.Change change, Instant at) {
      this(lessons, change, at, Optional.empty());
    }
  }

  record SpotCheckCalled(
      LessonId lesson, Windows.Window window, String by, Instant at, Optional<Actor> actor)
      implements ClassEvent {
    public SpotCheckCalled(LessonId lesson, Windows.Window window, String by, Instant at) {
      this(lesson, window, by, at, Optional.empty());
    }
  }

  record CorrectionProposed(Correction correction, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public CorrectionProposed(Correction correction, Instant at) {
      this(correction, at, Optional.empty());
    }
  }

  record CorrectionDecided(
      String correctionId, Correction.Decision decision, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public CorrectionDecided(String correctionId, Correction.Decision decision, Instant at) {
      this(correctionId, decision, at, Optional.empty());
    }
  }

  record FlagDecided(
      String flagId, boolean confirmed, ClassCommand.Change decider, Instant at, Optional<Actor> by)
      implements ClassEvent {
    public FlagDecided(String flagId, boolean confirmed, ClassCommand.Change decider, Instant at) {
      this(flagId, confirmed, decider, at, Optional.empty());
    }
  }

  /**
   * The class was closed.
   *
   * @param dropped what waited then and was given up; absent when nothing did
   */
  record Closed(
      long receipts,
      String lastPayloadHash,
      Instant at,
      Optional<Actor> by,
      Optional<Dropped> dropped)
      implements ClassEvent {
    public Closed(long receipts, String lastPayloadHash, Instant at) {
      this(receipts, lastPayloadHash, at, Optional.empty(), Optional.empty());
    }
  }

  /**
   * What a closing gave up, and why.
   *
   * @param corrections ids of corrections nobody decided
   * @param devices names of devices of which statements are missing
   */
  record Dropped(String reason, List<String> corrections, List<String> devices) {
    public Dropped {
      corrections = List.copyOf(corrections);
      devices = List.copyOf(devices);
    }
  }

  /** The event of a command that this person gave; a scan's event names its device. */
  default ClassEvent by(Actor actor) {
    Optional<Actor> by = Optional.of(actor);
    return switch (this) {
      case Filed e -> new Filed(e.filing(), e.rules(), e.at(), by);
      case Approved e -> new Approved(e.official(), e.at(), by);
      case Returned e -> new Returned(e.official(), e.reason(), e.at(), by);
      case Enrolled e -> new Enrolled(e.people(), e.at(), by, e.nameDiffers());
      case Unenrolled e -> new Unenrolled(e.person(), e.reason(), e.at(), by);
      case NameMended e -> new NameMended(e.person(), e.reason(), e.at(), by);
      case Scheduled e -> new Scheduled(e.lessons(), e.at(), by);
      case Opened e -> new Opened(e.at(), by);
      case GapWaived e -> new GapWaived(e.device(), e.from(), e.to(), e.change(), e.at(), by);
      case Rescheduled e -> new Rescheduled(e.lessons(), e.change(), e.at(), by);
      case SpotCheckCalled e -> new SpotCheckCalled(e.lesson(), e.window(), e.by(), e.at(), by);
      case CorrectionProposed e -> new CorrectionProposed(e.correction(), e.at(), by);
      case CorrectionDecided e -> new CorrectionDecided(e.correctionId(), e.decision(), e.at(), by);
      case FlagDecided e -> new FlagDecided(e.flagId(), e.confirmed(), e.decider(), e.at(), by);
      case Closed e -> new Closed(e.receipts(), e.lastPayloadHash(), e.at(), by, e.dropped());
      case VoucherAdmitted e -> e; // the gateway's own
      case VoucherWithdrawn e -> e;
      case Attended e -> e;
      case Quarantined e -> e;
      case DeviceNoted e -> e;
    };
  }
}
