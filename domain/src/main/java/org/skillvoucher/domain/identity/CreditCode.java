package org.skillvoucher.domain.identity;

/** An institution's unified social credit code (统一社会信用代码), GB 32100. */
public record CreditCode(String value) {
  @Override
  public String toString() {
    return value;
  }
}
