package org.skillvoucher.domain.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A region's thresholds for flags (R70); a flag never refuses anything.
 *
 * @param devicePeopleMax most people a day on one device
 * @param sameOrderLessons number of consecutive lessons with the same order that raises a flag
 * @param stayPercentMin the share of a lesson between in and out below which the stay is short
 * @param uploadHoursMax hours after its tap within which a statement should arrive
 * @param tapsAMinuteMax most people tapping one device within a minute
 * @param levels by kind: 0 not raised, 1 notice (提示), 2 warning (预警), 3 serious (严重)
 */
public record FlagRules(
    int devicePeopleMax,
    int sameOrderLessons,
    int stayPercentMin,
    int uploadHoursMax,
    int tapsAMinuteMax,
    Map<FlagKind, Integer> levels) {
  /**
   * The thresholds of classes filed before their region had any: every kind is raised, as a notice.
   */
  static final FlagRules BEFORE = new FlagRules(300, 3, 50, 24, 60, sameLevel(1));

  public FlagRules {
    RuleKey.FLAG_DEVICE_PEOPLE.check(devicePeopleMax);
    RuleKey.FLAG_SAME_ORDER.check(sameOrderLessons);
    RuleKey.FLAG_STAY.check(stayPercentMin);
    RuleKey.FLAG_UPLOAD.check(uploadHoursMax);
    RuleKey.FLAG_TAPS.check(tapsAMinuteMax);
    levels.forEach((kind, level) -> kind.level().check(level));
    levels = inTheirOrder(levels);
  }

  /** Rules are part of every class's first event: equal rules must serialize to equal bytes. */
  private static Map<FlagKind, Integer> inTheirOrder(Map<FlagKind, Integer> levels) {
    Map<FlagKind, Integer> ordered = new EnumMap<>(FlagKind.class);
    ordered.putAll(levels);
    return Collections.unmodifiableMap(ordered);
  }

  /** The level of a kind; 0 when it is not to be raised. */
  public int level(FlagKind kind) {
    return Objects.requireNonNullElse(levels.get(kind), 0);
  }

  private static Map<FlagKind, Integer> sameLevel(int level) {
    Map<FlagKind, Integer> levels = new EnumMap<>(FlagKind.class);
    for (FlagKind kind : FlagKind.values()) {
      levels.put(kind, level);
    }
    return levels;
  }
}
