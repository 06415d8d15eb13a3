package org.skillvoucher.domain.voucher;

import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OCCUPATION;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.Samples.VOUCHER_RULES;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.ClassId;

/** A voucher of Li's, in each of its states, and each command at a moment of its validity. */
final class Vouchers {
  static final Instant NOW = NINE;
  static final Instant EXPIRY = NOW.plus(Duration.ofDays(90));
  static final VoucherTerms TERMS = new VoucherTerms(LI, REGION, OCCUPATION, 5, EXPIRY);

  static final VoucherState UNISSUED = new VoucherState.Unissued();
  static final VoucherState.Running ISSUED = new VoucherState.Issued(TERMS);
  static final VoucherState.Running CLAIMED = new VoucherState.Claimed(TERMS);
  static final VoucherState.Running BOUND = new VoucherState.Bound(TERMS, CLASS);
  static final VoucherState FROZEN = new VoucherState.Frozen(CLAIMED, "card lost");
  static final VoucherState COMPLETED = new VoucherState.Completed(TERMS, CLASS);
  static final VoucherState LAPSED = new VoucherState.Lapsed(TERMS, CLASS, "not_completed");
  static final VoucherState EXPIRED = new VoucherState.Expired(TERMS, true);
  static final VoucherState EXPIRED_UNCLAIMED = new VoucherState.Expired(TERMS, false);
  static final VoucherState VOIDED =
      new VoucherState.Voided(TERMS, Optional.empty(), "issued twice", true);
  static final VoucherState VOIDED_UNCLAIMED =
      new VoucherState.Voided(TERMS, Optional.empty(), "issued twice", false);

  static final BindingClass TO_CLASS = to(CLASS);

  static final VoucherCommand ISSUE = new VoucherCommand.Issue(TERMS, VOUCHER_RULES, NOW);
  static final VoucherCommand CLAIM = new VoucherCommand.Claim(LI, NOW);
  static final VoucherCommand BIND = new VoucherCommand.Bind(TO_CLASS, NOW);
  static final VoucherCommand COMPLETE = new VoucherCommand.Complete(CLASS, NOW);
  static final VoucherCommand LAPSE = new VoucherCommand.Lapse(CLASS, "not_completed", NOW);
  static final VoucherCommand EXPIRE = new VoucherCommand.Expire(EXPIRY);
  static final VoucherCommand CANCEL = new VoucherCommand.Cancel("issued twice", NOW);
  static final VoucherCommand FREEZE = new VoucherCommand.Freeze("card lost", NOW);
  static final VoucherCommand UNFREEZE = new VoucherCommand.Unfreeze(NOW);

  private Vouchers() {}

  /** A class which the voucher fits. */
  static BindingClass to(ClassId classId) {
    return new BindingClass(classId, "approved", OCCUPATION, 5, REGION, SCHOOL, true);
  }
}
