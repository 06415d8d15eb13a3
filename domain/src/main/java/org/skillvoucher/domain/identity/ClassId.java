package org.skillvoucher.domain.identity;

/** Our name of one training class (培训班). */
public record ClassId(String value) {
  public ClassId {
    Identifiers.check("class id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
