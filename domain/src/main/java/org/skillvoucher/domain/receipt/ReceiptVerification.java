package org.skillvoucher.domain.receipt;

/** What came of verifying a receipt. */
public sealed interface ReceiptVerification {
  /** Sealed by a trusted key, and unchanged since. */
  record Valid(ReceiptPayload payload, ReceiptRecord record) implements ReceiptVerification {}

  /** The first rule which the bytes break. */
  record Invalid(Flaw flaw) implements ReceiptVerification {}
}
