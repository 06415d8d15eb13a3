package org.skillvoucher.domain.identity;

/** Our name of one training class (培训班). */
public record ClassId(String value) {
  public ClassId {
    Identifiers.check("class id", value);
  }

  /** Reads exactly this spelling; {@code class_id} when it is none. */
  public static Parsed<ClassId> parse(String text) {
    return Parsed.trying("class_id", text, ClassId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
