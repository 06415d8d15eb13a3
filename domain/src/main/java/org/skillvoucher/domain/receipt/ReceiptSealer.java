package org.skillvoucher.domain.receipt;

/** The port to the receipt key, implemented by a key file or a hardware security module. */
public interface ReceiptSealer {
  /**
   * Signs a draft. Blocks for the time of one signature (under 0.2 ms with a file key).
   *
   * @throws IllegalStateException when the key cannot sign; then nothing may be persisted
   */
  SealedReceipt seal(ReceiptDraft draft);
}
