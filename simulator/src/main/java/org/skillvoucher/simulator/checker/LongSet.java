package org.skillvoucher.simulator.checker;

/** Hashes that were seen; eight bytes each, twice that when it has just grown. */
final class LongSet {
  private static final int CAPACITY_FIRST = 1 << 10;

  private long[] slots = new long[CAPACITY_FIRST];
  private int size;

  /** Whether it was not there yet. */
  boolean add(long hash) {
    long key = LongTable.keyOf(hash);
    int slot = LongTable.slot(slots, key);
    if (slots[slot] == key) {
      return false;
    }
    slots[slot] = key;
    size++;
    if (size * 6L > slots.length * 5L) {
      grow();
    }
    return true;
  }

  boolean contains(long hash) {
    long key = LongTable.keyOf(hash);
    return slots[LongTable.slot(slots, key)] == key;
  }

  private void grow() {
    long[] larger = new long[LongTable.twice(slots.length)];
    for (long key : slots) {
      if (key != 0) {
        larger[LongTable.slot(larger, key)] = key;
      }
    }
    slots = larger;
  }
}
