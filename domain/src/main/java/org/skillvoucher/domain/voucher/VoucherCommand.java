package org.skillvoucher.domain.voucher;

import java.time.Instant;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.VoucherRules;

/** The commands of a voucher; {@code at} is the gateway's time. */
public sealed interface VoucherCommand {
  Instant at();

  /** 发券 (R40). */
  record Issue(VoucherTerms terms, VoucherRules rules, Instant at) implements VoucherCommand {}

  /** 领券, by its holder. */
  record Claim(PersonPseudonym person, Instant at) implements VoucherCommand {}

  /** 用券: activation for one class. */
  record Bind(BindingClass trainingClass, Instant at) implements VoucherCommand {}

  /** The class closed and the person attended enough of it. */
  record Complete(ClassId classId, Instant at) implements VoucherCommand {}

  /** 失效: the class closed, and its evidence does not say that the person completed it. */
  record Lapse(ClassId classId, String reason, Instant at) implements VoucherCommand {}

  /** The last day has passed unused. */
  record Expire(Instant at) implements VoucherCommand {}

  /** 作废, for good. */
  record Cancel(String reason, Instant at) implements VoucherCommand {}

  /** 冻结, such as for a lost card. */
  record Freeze(String reason, Instant at) implements VoucherCommand {}

  /** 解冻, back to what it was. */
  record Unfreeze(Instant at) implements VoucherCommand {}
}
