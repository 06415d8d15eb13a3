package org.skillvoucher.domain.identity;

/** The gateway's id of one training class (培训班). */
public record ClassId(String value) {
  public ClassId {
    Identifiers.check("class id", value);
  }

  /** Parses exactly this form; {@code class_id} when invalid. */
  public static Parsed<ClassId> parse(String text) {
    return Parsed.trying("class_id", text, ClassId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
