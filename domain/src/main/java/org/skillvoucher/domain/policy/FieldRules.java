package org.skillvoucher.domain.policy;

/**
 * A region's numbers for scans in the field.
 *
 * @param offlineHoursMax so long after its tap an offline statement still counts
 * @param clockSkewSecondsMax so far a device's clock may be off
 * @param tapIntervalMillisMin two people cannot tap one device in less
 * @param velocityMinutesMin nobody is at two sites within less
 * @param velocityRefused whether such a scan is refused rather than flagged
 * @param classHoursADayMax so many class hours (学时) a timetable may have on one day
 * @param suspendedClassesGoOn whether open classes of a suspended institution go on (R24)
 */
public record FieldRules(
    int offlineHoursMax,
    int clockSkewSecondsMax,
    int tapIntervalMillisMin,
    int velocityMinutesMin,
    boolean velocityRefused,
    int classHoursADayMax,
    boolean suspendedClassesGoOn) {
  /** Those of classes filed before their region had any. */
  static final FieldRules BEFORE = new FieldRules(72, 120, 0, 0, false, 24, false);

  public FieldRules {
    RuleKey.OFFLINE.check(offlineHoursMax);
    RuleKey.CLOCK_SKEW.check(clockSkewSecondsMax);
    RuleKey.TAP_INTERVAL.check(tapIntervalMillisMin);
    RuleKey.VELOCITY.check(velocityMinutesMin);
    RuleKey.HOURS_A_DAY.check(classHoursADayMax);
  }
}
