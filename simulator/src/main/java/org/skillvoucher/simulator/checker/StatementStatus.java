package org.skillvoucher.simulator.checker;

import org.skillvoucher.simulator.history.HistoryEntry;

/**
 * A client's knowledge of one statement in 64 bits: the operation statuses ok, fail and info, as in
 * Jepsen.
 *
 * @param bits time of the first invocation (µs) above five bits: whether it ever was ok with a
 *     receipt, info, or fail, and its last entry (2 bits)
 */
record StatementStatus(long bits) {
  private static final int INVOKED_SHIFT = 5;
  private static final long OK = 1;
  private static final long INFO = 2;
  private static final long FAIL = 4;
  private static final long LAST_MASK = 3L << 3;
  private static final long LAST_INVOKE = 1L << 3;
  private static final long LAST_FINAL = 2L << 3;
  private static final long LAST_INFO = 3L << 3;

  StatementStatus after(HistoryEntry entry) {
    return switch (entry.type()) {
      case INVOKE ->
          (bits == 0 ? new StatementStatus(entry.micros() << INVOKED_SHIFT) : this)
              .last(LAST_INVOKE);
      case OK -> with(entry.receiptSha().isEmpty() ? 0 : OK).last(LAST_FINAL);
      case FAIL -> with(FAIL).last(LAST_FINAL);
      case INFO -> with(INFO).last(LAST_INFO);
    };
  }

  private StatementStatus with(long flag) {
    return new StatementStatus(bits | flag);
  }

  private StatementStatus last(long last) {
    return new StatementStatus((bits & ~LAST_MASK) | last);
  }

  /** The first invocation's time: any answer may be to it, however often it was sent since. */
  long invokedMicros() {
    return bits >>> INVOKED_SHIFT;
  }

  /** Whether any attempt got a receipt. */
  boolean isOk() {
    return (bits & OK) != 0;
  }

  boolean isFail() {
    return (bits & FAIL) != 0;
  }

  /** Whether any attempt had an unknown outcome; an invocation without an answer has. */
  boolean wasInfo() {
    return (bits & INFO) != 0 || (bits & LAST_MASK) == LAST_INVOKE;
  }

  /** Whether its outcome is known: by a receipt, or by the last answer. */
  boolean isResolved() {
    return isOk() || (bits & LAST_MASK) == LAST_FINAL;
  }
}
