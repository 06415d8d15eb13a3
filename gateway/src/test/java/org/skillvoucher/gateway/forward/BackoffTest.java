package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void pausesDoubleUpToTheLongestAndDifferByUpToHalf() {
    Backoff backoff = new Backoff(SECOND, Duration.ofSeconds(10), new Random(3));
    long[] whole = {1000, 2000, 4000, 8000, 10_000, 10_000};
    for (int failures = 1; failures <= whole.length; failures++) {
      for (int n = 0; n < 200; n++) {
        long pause = backoff.after(failures).toMillis();
        assertTrue(
            pause >= whole[failures - 1] / 2 && pause <= whole[failures - 1],
            failures + " failures, " + pause + " ms");
      }
    }
  }

  @Test
  void noNumberOfFailuresIsTooManyToCount() {
    Backoff backoff = new Backoff(Duration.ofDays(30), Duration.ofDays(60), new Random(3));
    for (int failures : new int[] {1, 31, 64, 1000, Integer.MAX_VALUE}) {
      Duration pause = backoff.after(failures);
      assertTrue(pause.isPositive() && pause.compareTo(Duration.ofDays(60)) <= 0);
    }
  }

  @Test
  void settingsAreCheckedAtTheStart() {
    for (String url :
        List.of("ftp://host", "http:///x", "http://user@host", "http://host?q=1", "host")) {
      assertThrows(IllegalArgumentException.class, () -> settings(url, "s", SECOND, 1), url);
    }
    assertThrows(IllegalArgumentException.class, () -> settings("http://host", " ", SECOND, 1));
    assertThrows(
        IllegalArgumentException.class, () -> settings("http://host", "s", Duration.ZERO, 1));
    assertThrows(IllegalArgumentException.class, () -> settings("http://host", "s", SECOND, 0));
    assertEquals(1, settings("https://host:8443/api", "s", SECOND, 1).schedule().attemptsMax());
  }

  private static ForwardSettings settings(
      String url, String secret, Duration timeout, int attemptsMax) {
    return new ForwardSettings(
        URI.create(url),
        secret,
        "",
        timeout,
        new ForwardSchedule(SECOND, SECOND, attemptsMax, SECOND, SECOND),
        SECOND,
        1);
  }
}
