package org.skillvoucher.domain.voucher;

import java.util.Optional;
import org.skillvoucher.domain.identity.ClassId;

/** The state of a voucher: unissued → issued → claimed → bound → completed, with side exits. */
public sealed interface VoucherState {
  static VoucherState initial() {
    return new Unissued();
  }

  /**
   * The class the voucher is bound to, also while it is frozen or after it was voided; empty when
   * there is none.
   */
  default Optional<ClassId> boundTo() {
    return switch (this) {
      case Bound bound -> Optional.of(bound.classId());
      case Frozen frozen -> frozen.before().boundTo();
      case Completed completed -> Optional.of(completed.classId());
      case Voided voided -> voided.classId();
      case Unissued s -> Optional.empty();
      case Issued s -> Optional.empty();
      case Claimed s -> Optional.empty();
      case Expired s -> Optional.empty();
    };
  }

  /** Active states, to which an unfrozen voucher may return. */
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

  /** Voided permanently; records the class it was bound to, which has to withdraw it. */
  record Voided(VoucherTerms terms, Optional<ClassId> classId, String reason)
      implements VoucherState {}

  /** The state's stable name, as in refusals, read models and the API. */
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
