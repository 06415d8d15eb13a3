package org.skillvoucher.domain.voucher;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * What a voucher grants, fixed at issue (制券): a directed voucher (定向券) for one person.
 *
 * @param holder the only person who may claim and use it (不可转让)
 * @param region the issuing region
 * @param occupation what may be trained
 * @param level skill level 1 (高级技师) to 5 (初级工)
 * @param expiresAt from this instant on it can neither be claimed nor bound
 * @param places where it may be used; absent in old vouchers and where nothing was named: in its
 *     region, at all institutions of the directory
 */
public record VoucherTerms(
    PersonPseudonym holder,
    RegionCode region,
    OccupationCode occupation,
    int level,
    Instant expiresAt,
    Optional<VoucherPlaces> places) {
  public VoucherTerms {
    if (level < 1 || level > 5) {
      throw new IllegalArgumentException("a skill level is 1 to 5");
    }
  }

  /** Usable in the whole region. */
  public VoucherTerms(
      PersonPseudonym holder,
      RegionCode region,
      OccupationCode occupation,
      int level,
      Instant expiresAt) {
    this(holder, region, occupation, level, expiresAt, Optional.empty());
  }

  /** Whether a class is one the voucher may be bound to, by these terms. */
  public boolean fits(BindingClass trainingClass) {
    return VoucherFit.against(this, trainingClass).isEmpty();
  }
}
