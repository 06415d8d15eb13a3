package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/** An occupation (职业) of the national occupational classification: {@code d-dd-dd-dd}. */
public record OccupationCode(String value) {
  private static final Pattern SHAPE = Pattern.compile("[1-8]-\\d{2}-\\d{2}-\\d{2}");

  public OccupationCode {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("an occupation is written d-dd-dd-dd");
    }
  }

  /** Parses exactly this form; {@code occupation} when invalid. */
  public static Parsed<OccupationCode> parse(String text) {
    return Parsed.trying("occupation", text, OccupationCode::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
