package org.skillvoucher.domain.canonical;

/** JSON which the receipts' strict parser refuses; the message says why and where, never what. */
public final class NotCanonicalException extends RuntimeException {
  NotCanonicalException(String reason, int position) {
    super(reason + " at character " + position);
  }

  NotCanonicalException(String reason) {
    super(reason);
  }
}
