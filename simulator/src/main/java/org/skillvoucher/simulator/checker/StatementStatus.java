package org.skillvoucher.simulator.checker;

import org.skillvoucher.simulator.history.Entry;

/**
 * What a client knows of one statement, in the 64 bits that are kept of it.
 *
 * @param bits when it was first sent (µs) above five bits: whether it ever was taken with a
 *     receipt, unknown, or refused, and what its last line said (2 bits)
 */
record StatementStatus(long bits) {
  private static final int SENT_SHIFT = 5;
  private static final long TAKEN = 1;
  private static final long UNCERTAIN = 2;
  private static final long REFUSED = 4;
  private static final long LAST_MASK = 3L << 3;
  private static final long LAST_SENT = 1L << 3;
  private static final long LAST_KNOWN = 2L << 3;
  private static final long LAST_UNCERTAIN = 3L << 3;

  StatementStatus after(Entry entry) {
    return switch (entry.type()) {
      case INVOKE ->
          (bits == 0 ? new StatementStatus(entry.micros() << SENT_SHIFT) : this).last(LAST_SENT);
      case OK -> with(entry.receiptSha().isEmpty() ? 0 : TAKEN).last(LAST_KNOWN);
      case FAIL -> with(REFUSED).last(LAST_KNOWN);
      case INFO -> with(UNCERTAIN).last(LAST_UNCERTAIN);
    };
  }

  private StatementStatus with(long flag) {
    return new StatementStatus(bits | flag);
  }

  private StatementStatus last(long last) {
    return new StatementStatus((bits & ~LAST_MASK) | last);
  }

  /** Any answer may be to the first request, however often it was sent since. */
  long sentMicros() {
    return bits >>> SENT_SHIFT;
  }

  /** Whether it ever got a receipt. */
  boolean isTaken() {
    return (bits & TAKEN) != 0;
  }

  boolean isRefused() {
    return (bits & REFUSED) != 0;
  }

  /** Whether there ever was no telling; a line without an answer is one of these. */
  boolean wasUncertain() {
    return (bits & UNCERTAIN) != 0 || (bits & LAST_MASK) == LAST_SENT;
  }

  /** Whether a receipt, or its last answer, settled it. */
  boolean isSettled() {
    return isTaken() || (bits & LAST_MASK) == LAST_KNOWN;
  }
}
