package org.skillvoucher.gateway.scan;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;

/**
 * The line of a scan: ask the class; if it has not seen it, look at the device's signature, ask the
 * platform; decide and keep.
 */
public interface ScanService {
  /**
   * Takes an online scan.
   *
   * @return the answer; a stage that fails means unknown: 503, and only the same scan sent again
   *     resolves it
   */
  CompletionStage<Result> record(Attempt attempt);

  /**
   * Takes a batch of offline statements (离线批次), of any classes and in any order.
   *
   * @return an answer for each, in the order given
   */
  CompletionStage<List<Result>> recordAll(List<Attempt> attempts);

  /**
   * Takes a sign-in by the room's code (F2, 课堂码), for which the card platform vouches.
   *
   * @param heard of the device that showed the code; it signed nothing
   */
  CompletionStage<Result> signIn(
      ClassId classId,
      PersonPseudonym person,
      ReceivedStatement heard,
      RoomCodeUse use,
      String idempotencyKey);

  /** What became of a scan. */
  sealed interface Result {
    /** Kept now, or kept before and given again byte for byte. */
    record Recorded(SealedReceipt receipt, boolean replayed) implements Result {}

    /** In a batch: the person did the same before, by another statement. */
    record Duplicate(SealedReceipt receipt) implements Result {}

    record Refused(ClassRefusal reason) implements Result {}

    /** The platform does not vouch for the card; its outcome is never OK here. */
    record CardRefused(CardOutcome outcome) implements Result {}

    /** The platform does not resolve the person's code. */
    record CodeRefused(CodeOutcome outcome) implements Result {}

    /** The device, not the scan, is at fault. */
    record DeviceRefused(DeviceFault fault) implements Result {}

    /**
     * In a batch: 未核验留存, kept as captured, not verified.
     *
     * @param verifiable whether sending it again may yet verify it
     */
    record CapturedUnverified(boolean verifiable) implements Result {}

    /** In a batch: unknown; the same statement must be sent again. */
    record Unknown() implements Result {}
  }

  /** What is wrong with a device or its signature. */
  enum DeviceFault {
    NOT_TRUSTED,
    ELSEWHERE,
    SIGNATURE_INVALID,
    SUITE_MISMATCH
  }
}
