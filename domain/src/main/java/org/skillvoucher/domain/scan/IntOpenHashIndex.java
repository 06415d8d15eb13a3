package org.skillvoucher.domain.scan;

import java.util.function.IntPredicate;

/**
 * An open-addressing hash index (linear probing): positions by the hash of a key, which the caller
 * stores and compares. One array instead of an object for each position, because the activation of
 * a class puts thousands in.
 */
final class IntOpenHashIndex {
  /** Hash in the upper half, position + 1 in the lower; 0 in a free cell. */
  private long[] cells = new long[8];

  private int size;

  /** The position under a hash whose key is equal; -1 when there is none. */
  int find(int hash, IntPredicate isEqual) {
    int spread = spread(hash);
    for (int i = spread & (cells.length - 1); cells[i] != 0; i = (i + 1) & (cells.length - 1)) {
      int position = (int) cells[i] - 1;
      if ((int) (cells[i] >>> Integer.SIZE) == spread && isEqual.test(position)) {
        return position;
      }
    }
    return -1;
  }

  /** Puts a position in, unless there is one already whose key is equal. */
  void put(int hash, int position, IntPredicate isEqual) {
    if (find(hash, isEqual) >= 0) {
      return;
    }
    makeRoom(1);
    int spread = spread(hash);
    cells[free(spread)] = (long) spread << Integer.SIZE | (position + 1);
    size++;
  }

  /** Grows, so that at most half of the cells are taken after this many more were put in. */
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

  /** Spreads the hash: the hashes of texts that differ in their last letters are close together. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
