package org.skillvoucher.domain.institution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an institution is suspended or leaves the directory (R25, R27), each for whom it fits. */
public enum StopReason {
  /** 违规宣传. */
  ILLEGAL_PUBLICITY(Of.SUSPENSION),
  /** 擅自开班. */
  UNAUTHORISED_CLASS(Of.SUSPENSION),
  /** 管理混乱. */
  MISMANAGEMENT(Of.SUSPENSION),
  /** 材料造假. */
  FORGED_MATERIAL(Of.SUSPENSION),
  /** 网站无法访问或系统不稳定. */
  SITE_UNREACHABLE(Of.PLATFORM),
  /** 课程长期未更新. */
  COURSES_NOT_UPDATED(Of.PLATFORM),
  /** 未实际开展. */
  NO_TRAINING_DELIVERED(Of.PLATFORM),
  /** 管理不规范. */
  POOR_MANAGEMENT(Of.INSTITUTION),
  /** 培训缺斤少两. */
  SHORT_CHANGED_HOURS(Of.INSTITUTION),
  /** 鉴定考核把关不严. */
  LAX_ASSESSMENT(Of.INSTITUTION),
  /** 转包分包. */
  SUBCONTRACTED(Of.ANY),
  /** 虚假宣传. */
  FALSE_ADVERTISING(Of.ANY),
  /** 套取骗取资金. */
  FRAUD(Of.ANY),
  /** 伪造评价结果. */
  FORGED_EVALUATION(Of.ANY),
  /** 自愿退出. */
  VOLUNTARY(Of.ANY);

  /** What a reason is of: all are reasons for an exit, some of one kind of institution only. */
  private enum Of {
    SUSPENSION,
    INSTITUTION,
    PLATFORM,
    ANY
  }

  private final Of of;

  StopReason(Of of) {
    this.of = of;
  }

  /** Whether an institution may be suspended for it; for the others it leaves the directory. */
  public boolean suspends() {
    return of == Of.SUSPENSION;
  }

  /** Whether an institution of this kind leaves the directory for it. */
  public boolean fits(InstitutionKind kind) {
    return switch (of) {
      case SUSPENSION, ANY -> true;
      case INSTITUTION -> kind == InstitutionKind.INSTITUTION;
      case PLATFORM -> kind == InstitutionKind.ONLINE_PLATFORM;
    };
  }

  /** Whether an exit for it bars an institution for years. */
  boolean bars() {
    return this == FRAUD || this == FORGED_EVALUATION;
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
