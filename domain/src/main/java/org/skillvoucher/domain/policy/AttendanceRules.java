package org.skillvoucher.domain.policy;

/**
 * A region's numbers for sign-in and attendance (R41, R42); minutes and whole percent.
 *
 * @param signInOpensMinutesBefore how long before a lesson's start a scan "in" begins to count
 * @param lateMinutesAfter after this many minutes from the start a scan "in" is late (迟到)
 * @param signInClosesMinutesAfter after this many minutes from the start no scan "in" counts
 * @param signOutOpensMinutesBefore how long before a lesson's end a scan "out" begins to count
 * @param signOutClosesMinutesAfter how long after a lesson's end a scan "out" still counts
 * @param classHourMinutes the length of one class hour (学时)
 * @param thresholdPercent the share of the timetable's hours a person must attend to complete
 * @param voucherRequired whether a scan needs a voucher bound to the class, as {@link
 *     VoucherAtDoor#REQUIRED} says
 */
public record AttendanceRules(
    int signInOpensMinutesBefore,
    int lateMinutesAfter,
    int signInClosesMinutesAfter,
    int signOutOpensMinutesBefore,
    int signOutClosesMinutesAfter,
    int classHourMinutes,
    int thresholdPercent,
    boolean voucherRequired) {
  public AttendanceRules {
    RuleKey.SIGN_IN_OPENS.check(signInOpensMinutesBefore);
    RuleKey.LATE.check(lateMinutesAfter);
    RuleKey.SIGN_IN_CLOSES.check(signInClosesMinutesAfter);
    RuleKey.SIGN_OUT_OPENS.check(signOutOpensMinutesBefore);
    RuleKey.SIGN_OUT_CLOSES.check(signOutClosesMinutesAfter);
    RuleKey.CLASS_HOUR.check(classHourMinutes);
    RuleKey.THRESHOLD.check(thresholdPercent);
  }
}
