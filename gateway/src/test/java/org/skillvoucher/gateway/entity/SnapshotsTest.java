package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {
  private static final int LEAST = 100;

  private static List<Long> until(long history) {
    return LongStream.rangeClosed(1, history)
        .filter(number -> Snapshots.isDue(number, LEAST))
        .boxed()
        .toList();
  }

  @Test
  void aYoungEntityHasASnapshotAtEachLeastInterval() {
    assertEquals(List.of(100L, 200L, 300L, 400L, 500L), until(599));
  }

  @Test
  void neverMoreThanATenthOfTheHistoryIsReplayed() {
    List<Long> due = until(200_000);
    for (int i = 1; i < due.size(); i++) {
      long distance = due.get(i) - due.get(i - 1);
      assertTrue(distance <= Math.max(LEAST, due.get(i) / 10), "before " + due.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 10_000, 100_000, 1_000_000})
  void whatAnEventCostsDoesNotGrowWithTheHistory(long history) {
    long written = until(history).stream().mapToLong(Long::longValue).sum();
    assertTrue(written <= 21 * history, written + " events in snapshots");
  }
}
