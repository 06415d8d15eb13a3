package org.skillvoucher.simulator.checker;

import java.util.Arrays;

/** The receipts of one entity which a client knew of, and since when. */
final class RealTime {
  private long[] knownAt = new long[8];
  private long[] highest = new long[8];
  private int size;

  /**
   * A receipt became known.
   *
   * @param micros a little earlier than one taken before counts as the same moment, which accuses
   *     nobody wrongly
   */
  void known(long micros, long sequence) {
    if (size == knownAt.length) {
      knownAt = Arrays.copyOf(knownAt, size * 2);
      highest = Arrays.copyOf(highest, size * 2);
    }
    boolean first = size == 0;
    knownAt[size] = first ? micros : Math.max(micros, knownAt[size - 1]);
    highest[size] = first ? sequence : Math.max(sequence, highest[size - 1]);
    size++;
  }

  /** The highest number that was known before that moment; 0 if none was. */
  long highestBefore(long micros) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (knownAt[middle] < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : highest[low - 1];
  }
}
