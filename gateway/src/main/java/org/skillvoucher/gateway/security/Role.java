package org.skillvoucher.gateway.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.domain.identity.Side;

/** The role of a caller; each token has exactly one. */
public enum Role {
  /** 发券机关: issues vouchers and decides filings in its region. */
  ISSUING_AUTHORITY,
  /** 培训机构: files, enrols, schedules, opens and closes its classes. */
  INSTITUTION,
  /** A device at a site of an institution: scans. */
  DEVICE,
  /** A holder of a one-time code (注册码): enrols one device, and nothing else. */
  DEVICE_ENROLMENT,
  /** The card platform calling in: claims and binds for its card holders. */
  CARD_PLATFORM,
  /** 审计: reads everything, changes nothing. */
  AUDITOR,
  /** Runs the gateway: audit, parked messages, tokens. */
  OPERATOR;

  /** The name in the token table, settings and the API, for example {@code issuing_authority}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a {@link #code()}; empty when there is none of that name. */
  public static Optional<Role> ofCode(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }

  /** The side of a holder of whom nothing else is known. */
  public Side side() {
    return switch (this) {
      case ISSUING_AUTHORITY -> Side.BUREAU;
      case INSTITUTION, DEVICE, DEVICE_ENROLMENT -> Side.INSTITUTION;
      case CARD_PLATFORM -> Side.PLATFORM;
      case AUDITOR -> Side.AUDITOR;
      case OPERATOR -> Side.OPERATOR;
    };
  }

  /** Whether a person of this side can hold a token of this role. */
  boolean fits(Side side) {
    return switch (this) {
      case INSTITUTION ->
          side == Side.INSTITUTION || side == Side.ENTERPRISE || side == Side.PLATFORM;
      case AUDITOR -> side == Side.AUDITOR || side == Side.THIRD_PARTY || side == Side.FINANCE;
      case ISSUING_AUTHORITY, DEVICE, DEVICE_ENROLMENT, CARD_PLATFORM, OPERATOR -> side == side();
    };
  }

  /** Whether a token of this role can have a scope. */
  boolean fits(Caller.Scope scope) {
    return switch (this) {
      // A scan or a filing belongs to exactly one institution.
      case INSTITUTION, DEVICE, DEVICE_ENROLMENT -> scope instanceof Caller.Scope.OfInstitution;
      case ISSUING_AUTHORITY, CARD_PLATFORM, OPERATOR ->
          !(scope instanceof Caller.Scope.OfInstitution);
      case AUDITOR -> true;
    };
  }
}
