package org.skillvoucher.gateway.entity;

/**
 * When an entity writes all it knows down. The longer its history, the farther apart: each time the
 * whole of it is written, and a scan must not cost more in a class that had many before.
 */
final class Snapshots {
  /** Which part of the history may lie between two. */
  private static final int PART = 10;

  private Snapshots() {}

  /**
   * Whether one follows this event. The distance doubles with the history: it is a tenth of it down
   * to a twentieth, but never under the least.
   *
   * @param least how many events lie between two of a young entity
   */
  static boolean isDue(long sequenceNumber, int least) {
    long doubled = Long.highestOneBit(Math.max(1, sequenceNumber / ((long) PART * least)));
    return sequenceNumber % (least * doubled) == 0;
  }
}
