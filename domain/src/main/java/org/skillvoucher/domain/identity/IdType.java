package org.skillvoucher.domain.identity;

import java.util.Arrays;
import java.util.Optional;

/** The type of the number that identifies a person (证件类型). */
public enum IdType {
  /** 居民身份证, whose number is the social security number as well. */
  CITIZEN_ID("citizen_id"),
  /** 港澳台居民居住证 and 外国人永久居留身份证: stored as given. */
  OTHER("other");

  private final String code;

  IdType(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The type of a {@link #code()}; empty when there is none of that name. */
  public static Optional<IdType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }
}
