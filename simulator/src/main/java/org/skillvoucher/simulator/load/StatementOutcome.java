package org.skillvoucher.simulator.load;

import org.skillvoucher.simulator.history.HistoryEntry;

/** What an answer means for a statement. */
enum StatementOutcome {
  /** Decided by this attempt. */
  ACCEPTED(HistoryEntry.Type.OK),
  /** Decided by an earlier attempt of the same statement. */
  REPLAYED(HistoryEntry.Type.OK),
  /** Decided by an earlier statement of the same person. */
  REPEATED(HistoryEntry.Type.OK),
  REFUSED(HistoryEntry.Type.FAIL),
  /** Recorded, but an earlier statement of the device is missing: the device must stop. */
  COUNTER_GAP(HistoryEntry.Type.OK),
  /** Refused because the clocks of gateway and device differ: may be signed anew. */
  CLOCK_SKEW(HistoryEntry.Type.FAIL),
  /** No answer or a 5xx: the same bytes must be sent again. */
  UNKNOWN(HistoryEntry.Type.INFO);

  static final String CLOCK_SKEW_CODE = "clock_skew";

  private final HistoryEntry.Type type;

  StatementOutcome(HistoryEntry.Type type) {
    this.type = type;
  }

  /** The operation status in the history. */
  HistoryEntry.Type type() {
    return type;
  }

  static StatementOutcome of(PendingStatement statement, StatementReply reply) {
    if (reply.status() == 0 || reply.status() >= 500) {
      return UNKNOWN;
    }
    if (statement.isBatch()) {
      return ofItem(reply);
    }
    if (reply.status() == 200 || reply.status() == 201) {
      boolean own = reply.hasReceiptFor(statement.statement().hash());
      return own ? (reply.status() == 201 ? ACCEPTED : REPLAYED) : REPEATED;
    }
    if (reply.code().equals(CLOCK_SKEW_CODE)) {
      // After an unknown outcome a new statement could be counted twice.
      return statement.isOutcomeUnknown() ? UNKNOWN : CLOCK_SKEW;
    }
    return reply.status() < 300 ? COUNTER_GAP : REFUSED;
  }

  /** The outcome of the one statement in a batch. */
  private static StatementOutcome ofItem(StatementReply reply) {
    return switch (reply.text("outcome")) {
      case "attended" -> ACCEPTED;
      case "replayed" -> REPLAYED;
      case "repeated" -> REPEATED;
      case "refused", "fork" -> REFUSED;
      case "gap" -> COUNTER_GAP;
      case "" -> reply.status() < 300 ? UNKNOWN : REFUSED;
      default -> UNKNOWN;
    };
  }
}
