package org.skillvoucher.domain.voucher;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/** Whether a voucher fits a class: occupation and level, region, institution. */
final class VoucherFit {
  private VoucherFit() {}

  /** What is against the class; empty when the voucher fits it. */
  static Optional<VoucherRefusal> against(VoucherTerms terms, BindingClass to) {
    List<RegionCode> regions = regions(terms);
    List<CreditCode> institutions =
        terms.places().map(VoucherPlaces::institutions).orElse(List.of());
    if (!terms.occupation().equals(to.occupation()) || terms.level() != to.level()) {
      return Optional.of(
          new VoucherRefusal.OutOfScope(
              terms.occupation() + "/" + terms.level(), to.occupation() + "/" + to.level()));
    }
    if (regions.stream().noneMatch(region -> region.covers(to.region()))) {
      return Optional.of(new VoucherRefusal.OutOfRegion(regions, to.region()));
    }
    return !to.inDirectory() || !(institutions.isEmpty() || institutions.contains(to.institution()))
        ? Optional.of(
            new VoucherRefusal.NotAtInstitution(institutions, to.institution(), to.inDirectory()))
        : Optional.empty();
  }

  private static List<RegionCode> regions(VoucherTerms terms) {
    return terms
        .places()
        .map(VoucherPlaces::regions)
        .filter(regions -> !regions.isEmpty())
        .orElse(List.of(terms.region()));
  }
}
