package org.skillvoucher.domain.canonical;

/**
 * JSON that the strict parser of receipts rejects; the message has reason and position, never
 * content.
 */
public final class NotCanonicalException extends RuntimeException {
  NotCanonicalException(String reason, int position) {
    super(reason + " at character " + position);
  }

  NotCanonicalException(String reason) {
    super(reason);
  }
}
