package org.skillvoucher.domain.identity;

/** Our name of one training voucher (职业培训券). */
public record VoucherId(String value) {
  public VoucherId {
    Identifiers.check("voucher id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
