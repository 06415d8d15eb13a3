package org.skillvoucher.domain.receipt;

import java.util.Optional;

/** What a receipt attests: the closed list of {@code act} in a receipt's payload. */
public enum Act {
  /** Sign-in to a lesson (签到). */
  IN("in"),
  /** Sign-out of a lesson (签退). */
  OUT("out"),
  /** An unannounced check within a lesson (抽查). */
  CHECK("check"),
  /** A voucher redeemed (核销). */
  REDEEM("redeem"),
  /** A voucher voided (作废). */
  VOID("void");

  private final String code;

  Act(String code) {
    this.code = code;
  }

  /** The word in payloads, events and requests. */
  public String code() {
    return code;
  }

  public static Optional<Act> of(String code) {
    for (Act act : values()) {
      if (act.code.equals(code)) {
        return Optional.of(act);
      }
    }
    return Optional.empty();
  }
}
