package org.skillvoucher.domain.scan;

import java.util.function.IntPredicate;

/**
 * Where things stand, found by the hash of a key; whether it is the key itself is asked of whoever
 * keeps them. One array instead of an object for each: of a class that wakes, thousands are put in.
 */
final class IntOpenHashIndex {
  /** Hash in the upper half, position + 1 in the lower; 0 where nothing stands. */
  private long[] cells = new long[8];

  private int size;

  /** The position under a hash that fits; -1 when there is none. */
  int find(int hash, IntPredicate fits) {
    int spread = spread(hash);
    for (int i = spread & (cells.length - 1); cells[i] != 0; i = (i + 1) & (cells.length - 1)) {
      int position = (int) cells[i] - 1;
      if ((int) (cells[i] >>> Integer.SIZE) == spread && fits.test(position)) {
        return position;
      }
    }
    return -1;
  }

  /** Puts a position in, unless there is one already that fits. */
  void put(int hash, int position, IntPredicate fits) {
    if (find(hash, fits) >= 0) {
      return;
    }
    makeRoom(1);
    int spread = spread(hash);
    cells[free(spread)] = (long) spread << Integer.SIZE | (position + 1);
    size++;
  }

  /** So that at most half of the cells are taken when as many more were put in. */
  void makeRoom(int more) {
    int length = cells.length;
    while (length < 2 * (size + more)) {
      length *= 2;
    }
    if (length > cells.length) {
      long[] before = cells;
      cells = new long[length];
      for (long cell : before) {
        if (cell != 0) {
          cells[free((int) (cell >>> Integer.SIZE))] = cell;
        }
      }
    }
  }

  private int free(int spread) {
    int i = spread & (cells.length - 1);
    while (cells[i] != 0) {
      i = (i + 1) & (cells.length - 1);
    }
    return i;
  }

  /** Texts that differ in their last letters have hashes that do so in their last bits. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
