package org.skillvoucher.gateway.journal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedSettingsTest {
  private final FeedSettings settings = new FeedSettings(Duration.ofMillis(50), 1_000, 2);

  @ParameterizedTest(name = "{0} rows: {1} ms")
  @CsvSource({"0, 50", "1, 50", "19, 50", "20, 200", "999, 200", "1000, 0"})
  void aSingleEventIsDeliveredSoonAndManyInLargerBatches(int rows, long millis) {
    assertEquals(Duration.ofMillis(millis), settings.pauseAfter(rows));
  }
}
