package org.skillvoucher.domain.voucher;

import java.util.List;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * Where a voucher may be used, when that is narrower than its region (可使用地区、可使用机构).
 *
 * @param regions empty: the whole region of the voucher; a region includes all regions in it
 * @param institutions empty: all of the directory
 */
public record VoucherPlaces(List<RegionCode> regions, List<CreditCode> institutions) {
  public VoucherPlaces {
    regions = List.copyOf(regions);
    institutions = List.copyOf(institutions);
  }
}
