package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;

/** The commands to a training class, apart from scans; {@code at} is the gateway's time. */
public sealed interface ClassCommand {
  Instant at();

  /** 开班备案 (R01, R04), with the rules of the region on that day. */
  record File(Filing filing, ClassRules rules, Instant at) implements ClassCommand {}

  /** 经同意 (R01), by an official known by token. */
  record Approve(String official, Instant at) implements ClassCommand {}

  /** The filing goes back to the institution, which may file a corrected class anew. */
  record Return(String official, String reason, Instant at) implements ClassCommand {}

  /**
   * 学员名册: adds people; those already on it stay.
   *
   * @param nameDiffers those of them whose name differs from a confirmed one
   */
  record Enrol(List<PersonPseudonym> people, List<PersonPseudonym> nameDiffers, Instant at)
      implements ClassCommand {
    public Enrol {
      people = List.copyOf(people);
      nameDiffers = List.copyOf(nameDiffers);
    }

    public Enrol(List<PersonPseudonym> people, Instant at) {
      this(people, List.of(), at);
    }
  }

  /** 移出名册: takes a person off the roster. */
  record Unenrol(PersonPseudonym person, String reason, Instant at) implements ClassCommand {}

  /** 姓名更正: of a person on the roster; the name itself goes to the vault. */
  record MendName(PersonPseudonym person, String reason, Instant at) implements ClassCommand {}

  /**
   * 课程表: sets the whole timetable.
   *
   * @param change who changes an existing one, and why; a first timetable needs none
   */
  record Schedule(List<Lesson> lessons, Optional<Change> change, Instant at)
      implements ClassCommand {
    public Schedule {
      lessons = List.copyOf(lessons);
    }

    public Schedule(List<Lesson> lessons, Instant at) {
      this(lessons, Optional.empty(), at);
    }
  }

  /** Who changes what was approved, by token, and why. */
  record Change(String by, String reason) {}

  /** A voucher was bound to this class. */
  record AdmitVoucher(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassCommand {}

  /** A bound voucher is no longer valid: frozen or voided. */
  record WithdrawVoucher(PersonPseudonym person, VoucherId voucher, Instant at)
      implements ClassCommand {}

  /** 开班. */
  record Open(Instant at) implements ClassCommand {}

  /** 抽查: everyone present shows it within this many minutes from now. */
  record CallSpotCheck(LessonId lesson, int minutes, String by, Instant at)
      implements ClassCommand {}

  /** 更正: proposed by one person, */
  record ProposeCorrection(Correction correction, Instant at) implements ClassCommand {}

  /** and decided by another. */
  record DecideCorrection(String correctionId, boolean approved, Change decider, Instant at)
      implements ClassCommand {}

  /** Gives up the statements that are missing before a device's others. */
  record WaiveGap(String device, Change change, Instant at) implements ClassCommand {}

  /** A person's decision on a flag (预警), which the read side raised. */
  record DecideFlag(String flagId, boolean confirmed, Change decider, Instant at)
      implements ClassCommand {}

  /**
   * 结班.
   *
   * @param dropReason why what still waits is dropped; without one nothing may wait
   */
  record Close(Optional<String> dropReason, Instant at) implements ClassCommand {
    public Close(Instant at) {
      this(Optional.empty(), at);
    }
  }
}
