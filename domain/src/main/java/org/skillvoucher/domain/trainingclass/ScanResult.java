package org.skillvoucher.domain.trainingclass;

import org.skillvoucher.domain.receipt.SealedReceipt;

/** What a class answers to a statement. */
public sealed interface ScanResult {
  /** The class's own answer, which every scan of an identified person gets. */
  sealed interface Decided extends ScanResult {}

  /** A decided answer that needs no new receipt, so that a pre-check can give it too. */
  sealed interface Known extends Decided, ScanRules.Check {}

  /** Recorded now. */
  record Recorded(SealedReceipt receipt) implements Decided {}

  /** The same statement was recorded before; the event of this number holds its receipt. */
  record AlreadyRecorded(long eventNumber) implements Known {}

  /**
   * The same person, lesson and act were recorded before by another statement, in the event of this
   * number.
   *
   * @param inTime whether it shows, offline, that the person was not late after all
   * @param counterUsed whether this statement is part of its device's chain already, because a
   *     batch brought it before; online, a duplicate does not use its counter
   */
  record Duplicate(long eventNumber, boolean inTime, boolean counterUsed) implements Known {}

  record Refused(ClassRefusal reason) implements Known {}

  /** It gives no receipt, for the reason that its {@code Quarantine} command states. */
  record Quarantined() implements ScanResult {}
}
