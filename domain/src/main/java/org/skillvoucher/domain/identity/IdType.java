package org.skillvoucher.domain.identity;

import java.util.Arrays;
import java.util.Optional;

/** The type of the number that identifies a person (证件类型). */
public enum IdType {
  /** 居民身份证, whose number is the social security number as well. */
  CITIZEN_ID("citizen_id", "citizen_id"),
  /** 港澳台居民居住证, whose number begins with 810000, 820000 or 830000. */
  RESIDENCE_PERMIT("residence_permit", "other"),
  /** 外国人永久居留身份证 in its form of 18 characters, which begins with 9 (GA 2102). */
  FOREIGN_PERMANENT_RESIDENCE("foreign_permanent_residence", "citizen_id"),
  /** Any other document, for example a passport: stored as given. */
  OTHER("other", "other");

  private final String code;
  private final String pseudonymCode;

  IdType(String code, String pseudonymCode) {
    this.code = code;
    this.pseudonymCode = pseudonymCode;
  }

  public String code() {
    return code;
  }

  /**
   * The word that a person's pseudonym is computed with. It is never changed: before the two types
   * in the middle existed, the numbers of residence permits were of type {@code other}, and those
   * of foreign permanent residents were read as citizen id numbers, whose form they have. A number
   * therefore has one pseudonym, whichever type it is declared or recognised as.
   */
  public String pseudonymCode() {
    return pseudonymCode;
  }

  /** The type of a {@link #code()}; empty when there is none of that name. */
  public static Optional<IdType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }
}
