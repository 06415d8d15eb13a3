package org.skillvoucher.domain.voucher;

import java.time.Instant;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** The events of a voucher. Each is persisted under a permanent name and version. */
public sealed interface VoucherEvent {
  Instant at();

  record Issued(VoucherTerms terms, Instant at) implements VoucherEvent {}

  record Claimed(Instant at) implements VoucherEvent {}

  /** Includes the holder, because the class that receives it identifies people, not vouchers. */
  record Bound(ClassId classId, PersonPseudonym holder, Instant at) implements VoucherEvent {}

  record Completed(ClassId classId, Instant at) implements VoucherEvent {}

  record Expired(Instant at) implements VoucherEvent {}

  record Voided(String reason, Instant at) implements VoucherEvent {}

  record Frozen(String reason, Instant at) implements VoucherEvent {}

  record Unfrozen(Instant at) implements VoucherEvent {}
}
