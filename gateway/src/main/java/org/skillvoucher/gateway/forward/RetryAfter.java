package org.skillvoucher.gateway.forward;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date in one of three forms. */
final class RetryAfter {
  private static final int DIGITS_MAX = 9;

  private RetryAfter() {}

  /** The time from now that it asks for, at most {@code max}; empty when it cannot be read. */
  static Optional<Duration> read(String value, Instant now, Duration max) {
    String text = value.strip();
    Optional<Duration> asked =
        text.matches("[0-9]+")
            ? Optional.of(
                text.length() > DIGITS_MAX ? max : Duration.ofSeconds(Long.parseLong(text)))
            : date(text, now).map(at -> Duration.between(now, at));
    return asked
        .map(duration -> duration.isNegative() ? Duration.ZERO : duration)
        .map(duration -> duration.compareTo(max) > 0 ? max : duration);
  }

  private static Optional<Instant> date(String text, Instant now) {
    return forms(now).stream().flatMap(form -> date(text, form).stream()).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The form of today, and the two that old servers send (RFC 850 and asctime). */
  private static List<DateTimeFormatter> forms(Instant now) {
    int century = now.atOffset(ZoneOffset.UTC).getYear() - 50;
    return List.of(
        DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH),
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, century)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH),
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));
  }
}
