package org.skillvoucher.domain.institution;

import java.util.Locale;

/** What an institution in the directory is. */
public enum InstitutionKind {
  /** 培训机构. */
  INSTITUTION,
  /** 线上培训平台. */
  ONLINE_PLATFORM;

  /** The name in the API, such as {@code online_platform}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
