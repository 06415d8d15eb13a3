package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120",
        " 7 | 7",
        "Sun, 06 Nov 1994 08:49:37 GMT | 37",
        "Sunday, 06-Nov-94 08:49:37 GMT | 37",
        "Sun Nov  6 08:49:37 1994 | 37",
        "Sun, 06 Nov 1994 08:00:00 GMT | 0"
      })
  void secondsAndDatesAreTheTimeFromNow(String value, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.read(value, NOW, DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"86401", "99999999999999999999", "Mon, 06 Nov 2034 08:49:37 GMT"})
  void noneIsLongerThanTheLongest(String value) {
    assertEquals(Optional.of(DAY), RetryAfter.read(value, NOW, DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "Sun, 31 Feb 1994 08:49:37 GMT"})
  void whatCannotBeReadIsIgnored(String value) {
    assertEquals(Optional.empty(), RetryAfter.read(value, NOW, DAY));
  }

  @Test
  void aDateOfTwoDigitsIsOfTheNearestCentury() {
    Instant now = Instant.parse("2026-12-31T23:59:00Z");
    assertEquals(
        Optional.of(Duration.ofSeconds(90)),
        RetryAfter.read("Friday, 01-Jan-27 00:00:30 GMT", now, DAY));
  }
}
