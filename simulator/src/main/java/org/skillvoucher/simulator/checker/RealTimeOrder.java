package org.skillvoucher.simulator.checker;

import java.util.Arrays;

/**
 * The receipts of one entity that were acknowledged to a client, by time of completion. An
 * operation invoked later must get a higher number (real-time order).
 */
final class RealTimeOrder {
  private long[] completedAt = new long[8];
  private long[] highest = new long[8];
  private int size;

  /**
   * An operation completed.
   *
   * @param micros taken as the last completion's time if it is earlier, which can hide a violation
   *     but not invent one
   */
  void completed(long micros, long sequence) {
    if (size == completedAt.length) {
      completedAt = Arrays.copyOf(completedAt, size * 2);
      highest = Arrays.copyOf(highest, size * 2);
    }
    boolean first = size == 0;
    completedAt[size] = first ? micros : Math.max(micros, completedAt[size - 1]);
    highest[size] = first ? sequence : Math.max(sequence, highest[size - 1]);
    size++;
  }

  /** The highest number that had completed before that moment; 0 without one. */
  long highestCompletedBefore(long micros) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (completedAt[middle] < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : highest[low - 1];
  }
}
