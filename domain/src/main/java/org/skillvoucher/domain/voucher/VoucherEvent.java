package org.skillvoucher.domain.voucher;

import java.time.Instant;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** What happened to a voucher. Each is kept under a name and version of its own for good. */
public sealed interface VoucherEvent {
  Instant at();

  record Issued(VoucherTerms terms, Instant at) implements VoucherEvent {}

  record Claimed(Instant at) implements VoucherEvent {}

  /** Carries the holder, because the class that learns of it knows people, not vouchers. */
  record Bound(ClassId classId, PersonPseudonym holder, Instant at) implements VoucherEvent {}

  record Completed(ClassId classId, Instant at) implements VoucherEvent {}

  record Expired(Instant at) implements VoucherEvent {}

  record Voided(String reason, Instant at) implements VoucherEvent {}

  record Frozen(String reason, Instant at) implements VoucherEvent {}

  record Unfrozen(Instant at) implements VoucherEvent {}
}
