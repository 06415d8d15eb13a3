package org.skillvoucher.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as the API writes them (RFC 3339 with zone), and the business date. */
public final class Times {
  private static final ZoneId BUSINESS = ZoneId.of("Asia/Shanghai");
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  /** The first year that can be meant; others come of a mistyped or miscomputed time. */
  public static final int YEAR_MIN = 2000;

  /** The last year that can be meant. */
  public static final int YEAR_MAX = 2100;

  private Times() {}

  public static String text(Instant at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(BUSINESS).toOffsetDateTime());
  }

  static Optional<Instant> parse(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) { // for example 30 February
      return Optional.empty();
    }
  }

  /** Whether the year is one that can be meant. */
  static boolean isOfPossibleYear(Instant at) {
    int year = businessDate(at).getYear();
    return year >= YEAR_MIN && year <= YEAR_MAX;
  }

  public static LocalDate businessDate(Instant at) {
    return LocalDate.ofInstant(at, BUSINESS);
  }
}
