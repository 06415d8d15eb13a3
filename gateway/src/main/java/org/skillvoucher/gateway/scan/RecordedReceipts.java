package org.skillvoucher.gateway.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.gateway.entity.ShardedClasses;

/**
 * The outcomes of a class's results. A class remembers an earlier scan by its event's number only;
 * the receipt is read from the journal.
 */
final class RecordedReceipts {
  private final ShardedClasses classes;

  RecordedReceipts(ShardedClasses classes) {
    this.classes = classes;
  }

  /** Online, a duplicate is answered with the receipt of the first scan. */
  CompletionStage<ScanOutcome.Online> online(ClassId classId, ScanResult.Decided result) {
    return switch (result) {
      case ScanResult.Recorded(var receipt) -> done(new ScanOutcome.Recorded(receipt, false));
      case ScanResult.AlreadyRecorded(var event) ->
          read(classId, event).thenApply(receipt -> new ScanOutcome.Recorded(receipt, true));
      case ScanResult.Duplicate(var event, var inTime, var counterUsed) ->
          read(classId, event)
              .thenApply(receipt -> new ScanOutcome.Duplicate(receipt, counterUsed));
      case ScanResult.Refused(var reason) -> done(new ScanOutcome.Refused(reason));
    };
  }

  /**
   * In a batch.
   *
   * @param quarantined the outcome of a statement that the class was asked to quarantine
   */
  CompletionStage<ScanOutcome> offline(
      ClassId classId, ScanResult result, ScanOutcome quarantined) {
    return switch (result) {
      case ScanResult.Duplicate(var event, var inTime, var counterUsed) ->
          read(classId, event).thenApply(receipt -> new ScanOutcome.Duplicate(receipt, true));
      case ScanResult.Decided decided -> online(classId, decided).thenApply(outcome -> outcome);
      case ScanResult.Quarantined asAsked -> CompletableFuture.completedStage(quarantined);
    };
  }

  private CompletionStage<SealedReceipt> read(ClassId classId, long event) {
    return classes.recordedReceipt(classId, event);
  }

  private static CompletionStage<ScanOutcome.Online> done(ScanOutcome.Online outcome) {
    return CompletableFuture.completedStage(outcome);
  }
}
