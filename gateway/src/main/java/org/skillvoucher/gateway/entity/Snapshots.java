package org.skillvoucher.gateway.entity;

/**
 * When an entity's state is written as a snapshot. The interval grows with the history: a snapshot
 * holds all of it, and a scan must not cost more in a class that had many before.
 */
final class Snapshots {
  /** The interval is at most this fraction of the history. */
  private static final int FRACTION = 10;

  private Snapshots() {}

  /**
   * Whether a snapshot follows this event. The interval doubles with the history: it is between a
   * twentieth and a tenth of it, but never below the least.
   *
   * @param least events between two snapshots of a young entity
   */
  static boolean isDue(long sequenceNumber, int least) {
    long doubled = Long.highestOneBit(Math.max(1, sequenceNumber / ((long) FRACTION * least)));
    return sequenceNumber % (least * doubled) == 0;
  }
}
