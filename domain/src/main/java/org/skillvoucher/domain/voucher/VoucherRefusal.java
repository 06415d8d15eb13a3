package org.skillvoucher.domain.voucher;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/** Why a voucher's command was refused, with the facts a person needs. */
public sealed interface VoucherRefusal {
  /** There is no such voucher. */
  record NotIssued() implements VoucherRefusal {}

  /** The command does not fit the voucher's state. */
  record WrongState(String state) implements VoucherRefusal {}

  /** Its last moment has passed. */
  record PastExpiry(Instant expiresAt) implements VoucherRefusal {}

  /** It has not yet passed. */
  record BeforeExpiry(Instant expiresAt) implements VoucherRefusal {}

  /** Only its holder may claim it. */
  record NotTheHolder() implements VoucherRefusal {}

  /** It is bound to another class. */
  record BoundElsewhere() implements VoucherRefusal {}

  /** The class is not approved (R01), or takes no vouchers any more. */
  record ClassTakesNone(String classState) implements VoucherRefusal {}

  /** For another occupation or level; each as {@code 4-10-01-05/5}. */
  record OutOfScope(String voucher, String trainingClass) implements VoucherRefusal {}

  /** The class is in none of the regions in which the voucher may be used. */
  record OutOfRegion(List<RegionCode> usable, RegionCode ofClass) implements VoucherRefusal {}

  /**
   * The class's institution is none of those at which the voucher may be used.
   *
   * @param usable empty: all of the directory
   * @param inDirectory whether it is in the directory now, and not suspended
   */
  record NotAtInstitution(List<CreditCode> usable, CreditCode ofClass, boolean inDirectory)
      implements VoucherRefusal {}

  /** Longer than the region allows, or not in the future. */
  record ValidityOutOfRange(int daysMax) implements VoucherRefusal {}
}
