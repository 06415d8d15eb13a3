package org.skillvoucher.domain.identity;

/** Our name of one training voucher (职业培训券). */
public record VoucherId(String value) {
  public VoucherId {
    Identifiers.check("voucher id", value);
  }

  /** Reads exactly this spelling; {@code voucher_id} when it is none. */
  public static Parsed<VoucherId> parse(String text) {
    return Parsed.trying("voucher_id", text, VoucherId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
