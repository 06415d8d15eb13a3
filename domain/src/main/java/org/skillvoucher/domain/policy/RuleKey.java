package org.skillvoucher.domain.policy;

/** The numbers of a rule pack: their keys in its file, and between which bounds they make sense. */
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
  VALIDITY("validity-days-max", 1, 3660);

  /** The one rule that is no number: yes or no. */
  static final String VOUCHER_REQUIRED = "voucher-required";

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
