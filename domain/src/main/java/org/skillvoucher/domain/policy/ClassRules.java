package org.skillvoucher.domain.policy;

import java.util.Optional;

/**
 * The numbers a class is planned and run by, taken from its region's rule pack on the day of filing
 * and kept with the class, so that a pack of a later date never changes a running class.
 *
 * @param pack the pack's name, {@code region/first day in force}, such as {@code 990000/2025-01-01}
 * @param rosterMax the most people a class may have
 * @param lessonsMax the most lessons a timetable may have
 * @param field absent from classes filed before packs had them
 * @param flags absent from classes filed before packs had them
 */
public record ClassRules(
    String pack,
    int rosterMax,
    int lessonsMax,
    AttendanceRules attendance,
    Optional<FieldRules> field,
    Optional<FlagRules> flags) {
  public ClassRules {
    RuleKey.ROSTER_MAX.check(rosterMax);
    RuleKey.LESSONS_MAX.check(lessonsMax);
  }

  /** Without rules for the field or for flags, as classes were filed before there were any. */
  public ClassRules(String pack, int rosterMax, int lessonsMax, AttendanceRules attendance) {
    this(pack, rosterMax, lessonsMax, attendance, Optional.empty(), Optional.empty());
  }

  public FieldRules fieldRules() {
    return field.orElse(FieldRules.BEFORE);
  }

  public FlagRules flagRules() {
    return flags.orElse(FlagRules.BEFORE);
  }
}
