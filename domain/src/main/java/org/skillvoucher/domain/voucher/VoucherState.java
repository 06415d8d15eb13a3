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
      case Lapsed lapsed -> Optional.of(lapsed.classId());
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

  /** Bound, and its class closed without completion. */
  record Lapsed(VoucherTerms terms, ClassId classId, String reason) implements VoucherState {}

  /**
   * Not used in time.
   *
   * @param claimed whether it was claimed; absent in old snapshots
   */
  record Expired(VoucherTerms terms, Optional<Boolean> claimed) implements VoucherState {
    public Expired(VoucherTerms terms, boolean claimed) {
      this(terms, Optional.of(claimed));
    }
  }

  /**
   * Voided permanently.
   *
   * @param classId the class it was bound to, which has to withdraw it
   * @param claimed whether it was claimed; absent in old snapshots
   */
  record Voided(
      VoucherTerms terms, Optional<ClassId> classId, String reason, Optional<Boolean> claimed)
      implements VoucherState {
    public Voided(VoucherTerms terms, Optional<ClassId> classId, String reason, boolean claimed) {
      this(terms, classId, reason, Optional.of(claimed));
    }
  }

  /**
   * Whether it ended before its holder had claimed it, so that another one may be issued in its
   * place: expired or voided. One that was claimed is used up, however it ended; so is one of which
   * that is not known.
   */
  default boolean endedUnclaimed() {
    return switch (this) {
      case Expired expired -> expired.claimed().equals(Optional.of(false));
      case Voided voided -> voided.claimed().equals(Optional.of(false));
      case Unissued s -> false;
      case Running s -> false;
      case Frozen s -> false;
      case Completed s -> false;
      case Lapsed s -> false;
    };
  }

  /** The state's stable name, as in refusals, read models and the API. */
  default String name() {
    return switch (this) {
      case Unissued s -> "unissued";
      case Issued s -> "issued";
      case Claimed s -> "claimed";
      case Bound s -> "bound";
      case Frozen s -> "frozen";
      case Completed s -> "completed";
      case Lapsed s -> "lapsed";
      case Expired s -> "expired";
      case Voided s -> "voided";
    };
  }
}
