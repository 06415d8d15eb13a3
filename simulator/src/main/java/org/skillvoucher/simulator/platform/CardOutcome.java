package org.skillvoucher.simulator.platform;

/** The neutral outcomes which this stub gives. */
enum CardOutcome {
  OK,
  CARD_NOT_ACTIVE,
  EXPIRED,
  /** A code was resolved before, under another key. */
  ALREADY_USED,
  NOT_FOUND,
  PERSON_MISMATCH,
  THROTTLED,
  CONFLICT
}
