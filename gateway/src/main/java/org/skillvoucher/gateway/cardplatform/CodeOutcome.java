package org.skillvoucher.gateway.cardplatform;

import org.skillvoucher.domain.identity.IdType;

/** The card platform's neutral outcomes for a person's dynamic code (动态二维码). */
public sealed interface CodeOutcome {
  /**
   * Whose code it is; also when it was already resolved under our own key. Personal data: never
   * logged.
   *
   * @param reference the platform's own reference
   */
  record Resolved(IdType type, String number, String name, String reference)
      implements CodeOutcome {
    @Override
    public String toString() {
      return "Resolved";
    }
  }

  /** A code lives for one minute. */
  record Expired() implements CodeOutcome {}

  /** A code is resolved once. */
  record AlreadyUsed() implements CodeOutcome {}

  /** No code of the platform, or of a person who may not sign in with one. */
  record Invalid() implements CodeOutcome {}
}
