package org.skillvoucher.domain.voucher;

import java.time.Instant;

/** Why a voucher's command was refused, with the facts a person needs. */
public sealed interface VoucherRefusal {
  /** There is no such voucher. */
  record NotIssued() implements VoucherRefusal {}

  /** The voucher exists with other terms than those sent under the same key. */
  record IssuedOtherwise() implements VoucherRefusal {}

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

  /** Longer than the region allows, or not in the future. */
  record ValidityOutOfRange(int daysMax) implements VoucherRefusal {}
}
