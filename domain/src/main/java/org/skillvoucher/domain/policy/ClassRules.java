package org.skillvoucher.domain.policy;

import java.util.Optional;

/**
 * The numbers a class is planned and run by, taken from its region's rule pack on the day of filing
 * and stored with the class, so that a later pack never changes a running class.
 *
 * @param pack the pack's name, {@code region/first day in force}, such as {@code 990000/2025-01-01}
 * @param rosterMax the most people a class may have
 * @param lessonsMax the most lessons a timetable may have
 * @param field absent from classes filed before packs had them
 * @param flags absent from classes filed before packs had them
 * @param door absent from classes filed before packs had them
 */
public record ClassRules(
    String pack,
    int rosterMax,
    int lessonsMax,
    AttendanceRules attendance,
    Optional<FieldRules> field,
    Optional<FlagRules> flags,
    Optional<DoorRules> door) {
  public ClassRules {
    RuleKey.ROSTER_MAX.check(rosterMax);
    RuleKey.LESSONS_MAX.check(lessonsMax);
  }

  /** Without rules for the door, for classes filed before these existed. */
  public ClassRules(
      String pack,
      int rosterMax,
      int lessonsMax,
      AttendanceRules attendance,
      Optional<FieldRules> field,
      Optional<FlagRules> flags) {
    this(pack, rosterMax, lessonsMax, attendance, field, flags, Optional.empty());
  }

  /** Without rules for the field or for flags, for classes filed before these existed. */
  public ClassRules(String pack, int rosterMax, int lessonsMax, AttendanceRules attendance) {
    this(pack, rosterMax, lessonsMax, attendance, Optional.empty(), Optional.empty());
  }

  public FieldRules fieldRules() {
    return field.orElse(FieldRules.BEFORE);
  }

  public DoorRules doorRules() {
    return door.orElseGet(() -> DoorRules.before(attendance.voucherRequired()));
  }

  public FlagRules flagRules() {
    return flags.orElse(FlagRules.BEFORE);
  }
}
