package org.skillvoucher.domain.policy;

/**
 * A region's numbers for scans in the field.
 *
 * @param offlineHoursMax hours after its tap within which an offline statement counts
 * @param clockSkewSecondsMax largest accepted difference of a device's clock
 * @param tapIntervalMillisMin shortest plausible interval between two people's taps on one device
 * @param velocityMinutesMin shortest plausible time between scans of one person at two sites
 * @param velocityRefused whether such a scan is refused rather than flagged
 * @param classHoursADayMax most class hours (学时) of a timetable on one day
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
  /** The rules of classes filed before their region had any. */
  static final FieldRules BEFORE = new FieldRules(72, 120, 0, 0, false, 24, false);

  public FieldRules {
    RuleKey.OFFLINE.check(offlineHoursMax);
    RuleKey.CLOCK_SKEW.check(clockSkewSecondsMax);
    RuleKey.TAP_INTERVAL.check(tapIntervalMillisMin);
    RuleKey.VELOCITY.check(velocityMinutesMin);
    RuleKey.HOURS_A_DAY.check(classHoursADayMax);
  }
}
