package org.skillvoucher.domain.policy;

/**
 * A region's numbers for vouchers.
 *
 * @param validityDaysMax the longest a voucher may be valid, in days from issue
 */
public record VoucherRules(String pack, int validityDaysMax) {
  public VoucherRules {
    RuleKey.VALIDITY.check(validityDaysMax);
  }
}
