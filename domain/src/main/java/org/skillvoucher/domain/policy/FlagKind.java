package org.skillvoucher.domain.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a flag (预警) points at; each kind has a level in the rule pack. */
public enum FlagKind {
  /** 异地签到: one person at two places faster than one can travel. */
  VELOCITY,
  /** 连续刷卡: a device tapped faster than people can. */
  TAP_RATE,
  /** 一机多人: one device for very many people on one day. */
  DEVICE_PEOPLE,
  /** 顺序雷同: the same people in the same order, lesson after lesson. */
  SAME_ORDER,
  /** 同时两班: one person in two classes at once. */
  TWO_CLASSES,
  /** 超时培训: more class hours in a day than allowed. */
  HOURS_A_DAY,
  /** 教师缺席: trainees signed in, no teacher did. */
  TEACHER_ABSENT,
  /** 停留过短: a short stay, sign-out soon after sign-in. */
  STAY_SHORT,
  /** 延迟上传: an offline batch uploaded late. */
  LATE_UPLOAD,
  /** 计数缺口: statements of a device are missing. */
  COUNTER_GAP,
  /** 计数分叉: a device signed two statements with one counter. */
  COUNTER_FORK,
  /** 姓名不一致: a roster brought another name than the card platform or the authority knows. */
  NAME_DIFFERS,
  /** 见证过多: a witness vouched for too many people, or for one person too often. */
  WITNESS_OVERUSED,
  /** 异地设备: a device of another site than the class is held at. */
  DEVICE_OFF_VENUE,
  /** 无券签到: a trainee without a voucher signed in. */
  NO_VOUCHER;

  /** The name in tables, rule packs and the API, such as {@code tap_rate}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a {@link #code()}; empty when there is none of that name. */
  public static Optional<FlagKind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  RuleKey level() {
    return RuleKey.valueOf("LEVEL_" + name());
  }
}
