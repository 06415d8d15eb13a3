package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/**
 * An administrative division (行政区划), GB/T 2260: two digits each of province, city and county, no
 * check digit. The set of valid codes changes over the years, so only the form is checked.
 */
public record RegionCode(String value) {
  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{5}");

  public RegionCode {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a region is six digits (GB/T 2260)");
    }
  }

  /** Parses exactly this form; {@code region} when invalid. */
  public static Parsed<RegionCode> parse(String text) {
    return Parsed.trying("region", text, RegionCode::new);
  }

  /** Whether another region is this one or lies in it: a province has two digits and zeros. */
  public boolean covers(RegionCode other) {
    return other.value.startsWith(prefix());
  }

  /** The digits with which all regions in this one begin. */
  public String prefix() {
    int digits = value.endsWith("0000") ? 2 : value.endsWith("00") ? 4 : 6;
    return value.substring(0, digits);
  }

  @Override
  public String toString() {
    return value;
  }
}
