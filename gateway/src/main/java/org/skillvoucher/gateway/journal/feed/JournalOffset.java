package org.skillvoucher.gateway.journal.feed;

/**
 * A position in the journal. It is stored as the string {@code tx:ordering}, because the table of
 * offsets takes no object.
 *
 * @param tx the writing transaction's id
 * @param ordering the row's own number
 */
record JournalOffset(long tx, long ordering) implements Comparable<JournalOffset> {
  static final JournalOffset START = new JournalOffset(0, 0);

  @Override
  public int compareTo(JournalOffset other) {
    int byTx = Long.compare(tx, other.tx);
    return byTx != 0 ? byTx : Long.compare(ordering, other.ordering);
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException for anything but {@code tx:ordering}
   */
  static JournalOffset parse(String offset) {
    int colon = offset.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an offset is tx:ordering");
    }
    return new JournalOffset(
        Long.parseLong(offset.substring(0, colon)), Long.parseLong(offset.substring(colon + 1)));
  }

  String offset() {
    return tx + ":" + ordering;
  }
}
