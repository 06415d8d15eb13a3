package org.skillvoucher.gateway.security;

/** Whom a token stands for; each token has exactly one. */
public enum Role {
  /** 发券机关: issues vouchers and decides filings in its region. */
  ISSUING_AUTHORITY,
  /** 培训机构: files, enrols, schedules, opens and closes its classes. */
  INSTITUTION,
  /** A device at a site of an institution: scans. */
  DEVICE,
  /** The card platform calling in: claims and binds for its card holders. */
  CARD_PLATFORM,
  /** 审计: reads everything, changes nothing. */
  AUDITOR,
  /** Runs the gateway: audit, parked messages, tokens. */
  OPERATOR;

  /** The name in tokens' table, settings and the API, such as {@code issuing_authority}. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
