package org.skillvoucher.simulator.platform;

/** The neutral outcomes of {@code verifyCard} which this stub gives. */
enum CardOutcome {
  OK,
  CARD_NOT_ACTIVE,
  EXPIRED,
  NOT_FOUND,
  PERSON_MISMATCH,
  THROTTLED,
  CONFLICT
}
