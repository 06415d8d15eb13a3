package org.skillvoucher.domain.institution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an institution is suspended or leaves the directory (R25, R27). */
public enum StopReason {
  /** 违规宣传. */
  ILLEGAL_PUBLICITY(true),
  /** 擅自开班. */
  UNAUTHORISED_CLASS(true),
  /** 管理混乱. */
  MISMANAGEMENT(true),
  /** 材料造假. */
  FORGED_MATERIAL(true),
  /** 网站无法访问或系统不稳定. */
  SITE_UNREACHABLE(false),
  /** 课程长期未更新. */
  COURSES_NOT_UPDATED(false),
  /** 未实际开展. */
  NO_TRAINING_DELIVERED(false);

  private final boolean suspends;

  StopReason(boolean suspends) {
    this.suspends = suspends;
  }

  /** Whether an institution may be suspended for it; for the others it leaves the directory. */
  public boolean suspends() {
    return suspends;
  }

  /** The name in the API, such as {@code forged_material}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of a {@link #code()}; empty when there is none of that name. */
  public static Optional<StopReason> ofCode(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }
}
