package org.skillvoucher.domain.receipt;

/** The result of verifying a receipt. */
public sealed interface ReceiptVerification {
  /** Sealed by a trusted key, and unchanged. */
  record Valid(ReceiptPayload payload, ReceiptRecord record) implements ReceiptVerification {}

  /** The first rule that the bytes violate. */
  record Invalid(Flaw flaw) implements ReceiptVerification {}
}
