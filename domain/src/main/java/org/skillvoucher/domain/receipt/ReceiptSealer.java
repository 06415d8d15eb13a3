package org.skillvoucher.domain.receipt;

/** The port to the receipt key: behind it may stand a file or a hardware module. */
public interface ReceiptSealer {
  /**
   * Signs a draft. Blocks for the time of one signature (under 0.2 ms with a file key).
   *
   * @throws IllegalStateException when the key cannot sign; nothing may then be kept
   */
  SealedReceipt seal(ReceiptDraft draft);
}
