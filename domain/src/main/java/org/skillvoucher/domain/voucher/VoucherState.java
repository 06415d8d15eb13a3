package org.skillvoucher.domain.voucher;

import org.skillvoucher.domain.identity.ClassId;

/** Where a voucher stands: unissued → issued → claimed → bound → completed, with side exits. */
public sealed interface VoucherState {
  static VoucherState initial() {
    return new Unissued();
  }

  /** States in which the voucher still runs, and to which an unfrozen one may return. */
  sealed interface Running extends VoucherState {
    VoucherTerms terms();
  }

  record Unissued() implements VoucherState {}

  record Issued(VoucherTerms terms) implements Running {}

  record Claimed(VoucherTerms terms) implements Running {}

  record Bound(VoucherTerms terms, ClassId classId) implements Running {}

  record Frozen(Running before, String reason) implements VoucherState {}

  record Completed(VoucherTerms terms, ClassId classId) implements VoucherState {}

  record Expired(VoucherTerms terms) implements VoucherState {}

  record Voided(VoucherTerms terms, String reason) implements VoucherState {}

  /** The state's stable name, as refusals, read models and the API give it. */
  default String name() {
    return switch (this) {
      case Unissued s -> "unissued";
      case Issued s -> "issued";
      case Claimed s -> "claimed";
      case Bound s -> "bound";
      case Frozen s -> "frozen";
      case Completed s -> "completed";
      case Expired s -> "expired";
      case Voided s -> "voided";
    };
  }
}
