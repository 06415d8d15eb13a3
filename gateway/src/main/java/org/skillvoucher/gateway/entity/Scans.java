package org.skillvoucher.gateway.entity;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.gateway.platform.CardOutcome;
import org.skillvoucher.gateway.platform.CardReading;

/**
 * The line of one scan: ask the class; if it has not seen it, ask the platform; decide and keep.
 */
public interface Scans {
  /**
   * Takes a scan.
   *
   * @param institution whose device scanned
   * @param idempotencyKey the client's key, which the platform gets too
   * @return the answer; a stage that fails means unknown: 503, and only the same scan sent again
   *     resolves it
   */
  CompletionStage<Answer> record(
      ClassId classId, CreditCode institution, Scan scan, CardReading card, String idempotencyKey);

  /** What became of a scan. */
  sealed interface Answer {
    /** Kept now, or kept before and given again byte for byte. */
    record Kept(SealedReceipt receipt, boolean replayed) implements Answer {}

    record Refused(ClassRefusal reason) implements Answer {}

    /** The platform does not vouch for the card; its outcome is never OK here. */
    record CardRefused(CardOutcome outcome) implements Answer {}
  }
}
