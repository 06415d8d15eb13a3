package org.skillvoucher.domain.policy;

import java.util.List;

/** The numbers of a rule pack: their keys in its file, and their valid ranges. */
enum RuleKey {
  SIGN_IN_OPENS("sign-in-opens-minutes-before", 0, 1440),
  LATE("late-minutes-after", 0, 1440),
  SIGN_IN_CLOSES("sign-in-closes-minutes-after", 1, 1440),
  SIGN_OUT_OPENS("sign-out-opens-minutes-before", 0, 1440),
  SIGN_OUT_CLOSES("sign-out-closes-minutes-after", 1, 1440),
  CLASS_HOUR("class-hour-minutes", 1, 240),
  THRESHOLD("threshold-percent", 0, 100),
  ROSTER_MAX("roster-max", 1, 10_000),
  LESSONS_MAX("lessons-max", 1, 10_000),
  VALIDITY("validity-days-max", 1, 3660),
  OFFLINE("offline-hours-max", 1, 72),
  CLOCK_SKEW("clock-skew-seconds-max", 1, 3600),
  TAP_INTERVAL("tap-interval-millis-min", 0, 60_000),
  VELOCITY("velocity-minutes-min", 0, 1440),
  HOURS_A_DAY("class-hours-a-day-max", 1, 24),
  EDITION_MONTH("edition-opens-month", 1, 12),
  EDITION_DAY("edition-opens-day", 1, 31),
  BAR_YEARS("bar-years", 3, 100),
  WITNESS_PER_PERSON("witness-per-person-max", 0, 10_000),
  WITNESS_VOUCHES("witness-vouches-max", 0, 10_000),
  FLAG_DEVICE_PEOPLE("flag-device-people-max", 1, 10_000),
  FLAG_SAME_ORDER("flag-same-order-lessons", 2, 100),
  FLAG_STAY("flag-stay-percent-min", 0, 100),
  FLAG_UPLOAD("flag-upload-hours-max", 0, 72),
  FLAG_TAPS("flag-taps-a-minute-max", 1, 10_000),
  LEVEL_VELOCITY("flag-velocity-level", 0, 3),
  LEVEL_TAP_RATE("flag-tap-rate-level", 0, 3),
  LEVEL_DEVICE_PEOPLE("flag-device-people-level", 0, 3),
  LEVEL_SAME_ORDER("flag-same-order-level", 0, 3),
  LEVEL_TWO_CLASSES("flag-two-classes-level", 0, 3),
  LEVEL_HOURS_A_DAY("flag-hours-a-day-level", 0, 3),
  LEVEL_TEACHER_ABSENT("flag-teacher-absent-level", 0, 3),
  LEVEL_STAY_SHORT("flag-stay-short-level", 0, 3),
  LEVEL_LATE_UPLOAD("flag-late-upload-level", 0, 3),
  LEVEL_COUNTER_GAP("flag-counter-gap-level", 0, 3),
  LEVEL_COUNTER_FORK("flag-counter-fork-level", 0, 3),
  LEVEL_NAME_DIFFERS("flag-name-differs-level", 0, 3),
  LEVEL_WITNESS_OVERUSED("flag-witness-overused-level", 0, 3),
  LEVEL_DEVICE_OFF_VENUE("flag-device-off-venue-level", 0, 3),
  LEVEL_NO_VOUCHER("flag-no-voucher-level", 0, 3);

  static final String WITNESS_TRAINEES = "witness-trainees";
  static final String VELOCITY_REFUSED = "velocity-refused";
  static final String SUSPENDED_GO_ON = "suspended-classes-go-on";

  /** The switches of a rule pack: yes or no. */
  static final List<String> SWITCHES = List.of(WITNESS_TRAINEES, VELOCITY_REFUSED, SUSPENDED_GO_ON);

  /** One word of {@link VoucherAtDoor}. */
  static final String VOUCHER_AT_DOOR = "voucher-at-door";

  private final String key;
  private final int least;
  private final int most;

  RuleKey(String key, int least, int most) {
    this.key = key;
    this.least = least;
    this.most = most;
  }

  String key() {
    return key;
  }

  boolean allows(int number) {
    return number >= least && number <= most;
  }

  String bounds() {
    return least + " to " + most;
  }

  void check(int number) {
    if (!allows(number)) {
      throw new IllegalArgumentException(key + " is " + bounds() + ", not " + number);
    }
  }
}
