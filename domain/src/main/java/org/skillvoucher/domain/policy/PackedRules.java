package org.skillvoucher.domain.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Builds the rules of a class from the validated numbers and switches of a pack. */
final class PackedRules {
  private PackedRules() {}

  static int of(Map<RuleKey, Integer> numbers, RuleKey key) {
    return Objects.requireNonNull(numbers.get(key));
  }

  private static boolean of(Map<String, Boolean> switches, String key) {
    return Objects.requireNonNull(switches.get(key));
  }

  static ClassRules classRules(
      String name,
      Map<RuleKey, Integer> numbers,
      Map<String, Boolean> switches,
      VoucherAtDoor voucher) {
    return new ClassRules(
        name,
        of(numbers, RuleKey.ROSTER_MAX),
        of(numbers, RuleKey.LESSONS_MAX),
        attendance(numbers, voucher == VoucherAtDoor.REQUIRED),
        Optional.of(field(numbers, switches)),
        Optional.of(flags(numbers)),
        Optional.of(
            new DoorRules(
                voucher,
                of(switches, RuleKey.WITNESS_TRAINEES),
                of(numbers, RuleKey.WITNESS_PER_PERSON),
                of(numbers, RuleKey.WITNESS_VOUCHES))));
  }

  private static AttendanceRules attendance(
      Map<RuleKey, Integer> numbers, boolean voucherRequired) {
    return new AttendanceRules(
        of(numbers, RuleKey.SIGN_IN_OPENS),
        of(numbers, RuleKey.LATE),
        of(numbers, RuleKey.SIGN_IN_CLOSES),
        of(numbers, RuleKey.SIGN_OUT_OPENS),
        of(numbers, RuleKey.SIGN_OUT_CLOSES),
        of(numbers, RuleKey.CLASS_HOUR),
        of(numbers, RuleKey.THRESHOLD),
        voucherRequired);
  }

  private static FieldRules field(Map<RuleKey, Integer> numbers, Map<String, Boolean> switches) {
    return new FieldRules(
        of(numbers, RuleKey.OFFLINE),
        of(numbers, RuleKey.CLOCK_SKEW),
        of(numbers, RuleKey.TAP_INTERVAL),
        of(numbers, RuleKey.VELOCITY),
        of(switches, RuleKey.VELOCITY_REFUSED),
        of(numbers, RuleKey.HOURS_A_DAY),
        of(switches, RuleKey.SUSPENDED_GO_ON));
  }

  private static FlagRules flags(Map<RuleKey, Integer> numbers) {
    Map<FlagKind, Integer> levels = new EnumMap<>(FlagKind.class);
    for (FlagKind kind : FlagKind.values()) {
      levels.put(kind, of(numbers, kind.level()));
    }
    return new FlagRules(
        of(numbers, RuleKey.FLAG_DEVICE_PEOPLE),
        of(numbers, RuleKey.FLAG_SAME_ORDER),
        of(numbers, RuleKey.FLAG_STAY),
        of(numbers, RuleKey.FLAG_UPLOAD),
        of(numbers, RuleKey.FLAG_TAPS),
        levels);
  }
}
