package org.skillvoucher.gateway.cardplatform;

/** The card platform's neutral outcomes for one card. */
public sealed interface CardOutcome {
  /**
   * The card is real, active and the person's; also when it was already used under our own key.
   *
   * @param reference the platform's own reference
   */
  record Verified(String reference) implements CardOutcome {}

  /** Lost, expired or cancelled (CARD_NOT_ACTIVE, EXPIRED). */
  record NotActive() implements CardOutcome {}

  /** The card is unknown, or it is not this person's (NOT_FOUND, PERSON_MISMATCH, NOT_ELIGIBLE). */
  record NotAuthentic() implements CardOutcome {}
}
