package org.skillvoucher.simulator.load;

import org.skillvoucher.simulator.history.Entry;

/** What an answer says of a statement. */
enum StatementOutcome {
  /** Decided now. */
  ACCEPTED(Entry.Type.OK),
  /** Decided by an earlier attempt of the same statement. */
  REPEATED_OWN(Entry.Type.OK),
  /** Decided by an earlier statement of the same person. */
  REPEATED(Entry.Type.OK),
  REFUSED(Entry.Type.FAIL),
  /** Taken, but the gateway misses an earlier one of the device: it can go no further. */
  MISSES_EARLIER(Entry.Type.OK),
  /** Refused because gateway and device differ about the time: may be stated anew. */
  WRONG_TIME(Entry.Type.FAIL),
  /** To be sent again with the same bytes. */
  UNKNOWN(Entry.Type.INFO);

  static final String WRONG_TIME_CODE = "clock_skew";

  private final Entry.Type type;

  StatementOutcome(Entry.Type type) {
    this.type = type;
  }

  /** As the history knows it. */
  Entry.Type type() {
    return type;
  }

  static StatementOutcome of(PendingStatement errand, StatementReply reply) {
    if (reply.status() == 0 || reply.status() >= 500) {
      return UNKNOWN;
    }
    if (errand.isBatch()) {
      return ofItem(reply);
    }
    if (reply.status() == 200 || reply.status() == 201) {
      boolean own = reply.isOf(errand.statement().hash());
      return own ? (reply.status() == 201 ? ACCEPTED : REPEATED_OWN) : REPEATED;
    }
    if (reply.code().equals(WRONG_TIME_CODE)) {
      // After an unknown attempt nobody may state it anew: it might count twice.
      return errand.isUnknown() ? UNKNOWN : WRONG_TIME;
    }
    return reply.status() < 300 ? MISSES_EARLIER : REFUSED;
  }

  /** Of the one statement in a batch. */
  private static StatementOutcome ofItem(StatementReply reply) {
    return switch (reply.text("outcome")) {
      case "attended" -> ACCEPTED;
      case "replayed" -> REPEATED_OWN;
      case "repeated" -> REPEATED;
      case "refused", "fork" -> REFUSED;
      case "gap" -> MISSES_EARLIER;
      case "" -> reply.status() < 300 ? UNKNOWN : REFUSED;
      default -> UNKNOWN;
    };
  }
}
