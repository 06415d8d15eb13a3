package org.skillvoucher.simulator.checker;

/** A number for each hash; sixteen bytes each, twice that when it has just grown. */
final class LongTable {
  private static final int CAPACITY_FIRST = 1 << 10;

  private long[] keys = new long[CAPACITY_FIRST];
  private long[] values = new long[CAPACITY_FIRST];
  private int size;

  /** Takes each entry. */
  interface Each {
    void entry(long hash, long value);
  }

  /** The number, or 0 where there is none. */
  long get(long hash) {
    return values[slot(keys, keyOf(hash))];
  }

  void put(long hash, long value) {
    long key = keyOf(hash);
    int slot = slot(keys, key);
    values[slot] = value;
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
      if (size * 6L > keys.length * 5L) {
        grow();
      }
    }
  }

  void forEach(Each each) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        each.entry(keys[slot], values[slot]);
      }
    }
  }

  private void grow() {
    long[] largerKeys = new long[twice(keys.length)];
    long[] largerValues = new long[largerKeys.length];
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        int to = slot(largerKeys, keys[slot]);
        largerKeys[to] = keys[slot];
        largerValues[to] = values[slot];
      }
    }
    keys = largerKeys;
    values = largerValues;
  }

  static int twice(int capacity) {
    return Math.multiplyExact(capacity, 2);
  }

  /** 0 marks an empty slot. */
  static long keyOf(long hash) {
    return hash == 0 ? 1 : hash;
  }

  /** Where the key is, or would be put; capacities are powers of two. */
  static int slot(long[] slots, long key) {
    int mask = slots.length - 1;
    int slot = (int) (key ^ (key >>> 32)) & mask;
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
