package org.skillvoucher.domain.institution;

import java.util.Optional;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * The data of an institution's admission (R20, R22).
 *
 * @param qualification what allows it to train, such as the licence it holds (办学许可)
 * @param edition the year of the directory (目录年度, R23)
 * @param kind absent from admissions before there were kinds, which are of institutions
 * @param checkOverride why the code is taken although its check character does not fit; present
 *     exactly then
 */
public record Admission(
    CreditCode creditCode,
    RegionCode region,
    String name,
    String qualification,
    int edition,
    Optional<InstitutionKind> kind,
    Optional<String> checkOverride) {
  public Admission {
    if (creditCode.hasFittingCheck() == checkOverride.isPresent()) {
      throw new IllegalArgumentException(
          "a reason is needed for a code whose check character does not fit, and only for it");
    }
  }

  /** Of an institution, as it was admitted before there were kinds. */
  public Admission(
      CreditCode creditCode, RegionCode region, String name, String qualification, int edition) {
    this(creditCode, region, name, qualification, edition, Optional.empty(), Optional.empty());
  }

  /** What it is. */
  public InstitutionKind kindOrDefault() {
    return kind.orElse(InstitutionKind.INSTITUTION);
  }
}
