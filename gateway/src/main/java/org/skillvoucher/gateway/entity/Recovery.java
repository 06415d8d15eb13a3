package org.skillvoucher.gateway.entity;

/** A hole in an entity's journal loses what follows it without a word, so recovery counts. */
final class Recovery {
  private Recovery() {}

  static void check(long revision, long lastSequenceNumber) {
    if (revision != lastSequenceNumber) {
      throw new IllegalStateException(
          "replayed "
              + revision
              + " events, but the journal's last is number "
              + lastSequenceNumber);
    }
  }
}
