package org.skillvoucher.gateway.security;

import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * Who is calling.
 *
 * @param tokenId the token's public name, which events and logs may carry
 */
public record Caller(String tokenId, Role role, Scope scope) {

  /** Whose matters a caller may see; another's are answered as if they did not exist. */
  public sealed interface Scope {
    boolean covers(CreditCode institution, RegionCode region);

    record Everywhere() implements Scope {
      @Override
      public boolean covers(CreditCode institution, RegionCode region) {
        return true;
      }
    }

    /** A province (two digits and zeros), city or county, with all that lies in it. */
    record InRegion(RegionCode region) implements Scope {
      @Override
      public boolean covers(CreditCode institution, RegionCode other) {
        return covers(other);
      }

      public boolean covers(RegionCode other) {
        String code = region.value();
        int digits = code.endsWith("0000") ? 2 : code.endsWith("00") ? 4 : 6;
        return other.value().startsWith(code.substring(0, digits));
      }
    }

    record OfInstitution(CreditCode institution) implements Scope {
      @Override
      public boolean covers(CreditCode other, RegionCode region) {
        return institution.equals(other);
      }
    }
  }
}
