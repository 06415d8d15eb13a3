package org.skillvoucher.domain.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** For whom a person acts (经办方): two-person rules compare people, and some also their sides. */
public enum Side {
  /** 人社部门. */
  BUREAU,
  /** 财政部门. */
  FINANCE,
  /** 培训机构. */
  INSTITUTION,
  /** 用人单位. */
  ENTERPRISE,
  /** 卡平台或线上培训平台. */
  PLATFORM,
  /** 第三方机构. */
  THIRD_PARTY,
  /** 审计. */
  AUDITOR,
  /** 运维. */
  OPERATOR,
  /** 参训人员. */
  TRAINEE;

  /** The name in tables and the API, such as {@code third_party}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The side of a {@link #code()}; empty when there is none of that name. */
  public static Optional<Side> ofCode(String code) {
    return Arrays.stream(values()).filter(side -> side.code().equals(code)).findFirst();
  }
}
