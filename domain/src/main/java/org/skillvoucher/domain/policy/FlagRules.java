package org.skillvoucher.domain.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * From when on a region wants to be told (R70); a flag never refuses anything.
 *
 * @param devicePeopleMax so many people a day may use one device
 * @param sameOrderLessons so many lessons in a row with the same order are too many
 * @param stayPercentMin the share of a lesson between in and out below which the stay is short
 * @param uploadHoursMax so long after its tap a statement may arrive
 * @param tapsAMinuteMax so many people may tap one device within a minute
 * @param levels by kind: 0 not raised, 1 notice (提示), 2 warning (预警), 3 serious (严重)
 */
public record FlagRules(
    int devicePeopleMax,
    int sameOrderLessons,
    int stayPercentMin,
    int uploadHoursMax,
    int tapsAMinuteMax,
    Map<FlagKind, Integer> levels) {
  /** Those of classes filed before their region had any: every kind is raised, as a notice. */
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

  /** Rules are kept in every class's first event: the same ones must always be the same bytes. */
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
