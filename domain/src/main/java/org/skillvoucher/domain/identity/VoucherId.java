package org.skillvoucher.domain.identity;

/** The gateway's id of one training voucher (职业培训券). */
public record VoucherId(String value) {
  public VoucherId {
    Identifiers.check("voucher id", value);
  }

  /** Parses exactly this form; {@code voucher_id} when invalid. */
  public static Parsed<VoucherId> parse(String text) {
    return Parsed.trying("voucher_id", text, VoucherId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
