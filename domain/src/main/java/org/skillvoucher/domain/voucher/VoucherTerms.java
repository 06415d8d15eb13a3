package org.skillvoucher.domain.voucher;

import java.time.Instant;
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
 */
public record VoucherTerms(
    PersonPseudonym holder,
    RegionCode region,
    OccupationCode occupation,
    int level,
    Instant expiresAt) {
  public VoucherTerms {
    if (level < 1 || level > 5) {
      throw new IllegalArgumentException("a skill level is 1 to 5");
    }
  }
}
