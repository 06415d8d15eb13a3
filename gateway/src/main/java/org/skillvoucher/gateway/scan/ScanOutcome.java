package org.skillvoucher.gateway.scan;

import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;

/** The outcome of a scan, as its sender gets it: online one of {@link Online}, in a batch any. */
public sealed interface ScanOutcome {
  sealed interface Online extends ScanOutcome {}

  /** The card platform does not vouch for a person. */
  sealed interface NotIdentified extends Online, Identification.Identified {}

  /** Recorded now, or recorded before and given again byte for byte. */
  record Recorded(SealedReceipt receipt, boolean replayed) implements Online {}

  /**
   * The same person, lesson and act were recorded before by another statement.
   *
   * @param counterUsed whether this statement used up its device's counter: online not, unless a
   *     batch brought it before; in a batch always
   */
  record Duplicate(SealedReceipt receipt, boolean counterUsed) implements Online {}

  record Refused(ClassRefusal reason) implements Online {}

  /** The platform does not vouch for the card; its outcome is never OK here. */
  record CardRefused(CardOutcome outcome) implements NotIdentified {}

  /** The platform does not resolve the person's code. */
  record CodeRefused(CodeOutcome outcome) implements NotIdentified {}

  /** The device, not the scan, is at fault. */
  record DeviceRefused(DeviceFault fault) implements Online, DeviceTrust.Trust {}

  /**
   * In a batch: 未核验留存, captured, not verified.
   *
   * @param verifiable whether sending it again may yet verify it
   */
  record CapturedUnverified(boolean verifiable) implements ScanOutcome {}

  /** In a batch: unknown; the same statement must be sent again. */
  record Unknown() implements ScanOutcome {}
}
