package org.skillvoucher.domain.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a region does with a scan of a trainee who has no voucher bound to the class (无券签到). */
public enum VoucherAtDoor {
  /** It is recorded. */
  NOT_NEEDED,
  /** It is recorded, and raises a flag. */
  FLAGGED,
  /** It is refused. */
  REQUIRED;

  /** The word in rule packs, such as {@code not_needed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The choice of a {@link #code()}; empty when there is none of that name. */
  static Optional<VoucherAtDoor> ofCode(String code) {
    return Arrays.stream(values()).filter(choice -> choice.code().equals(code)).findFirst();
  }
}
