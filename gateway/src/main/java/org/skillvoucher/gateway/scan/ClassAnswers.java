package org.skillvoucher.gateway.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.entity.ShardedClasses;

/** The answers of a class as the answers of a scan. */
final class ClassAnswers {
  private ClassAnswers() {}

  /** What the class says of a statement, with the receipt of one that was kept before. */
  static CompletionStage<ScanService.Result> of(
      ShardedClasses classes, ClassId classId, ScanReply reply) {
    return switch (reply) {
      case ScanReply.Recorded(var receipt) ->
          CompletableFuture.completedStage(new ScanService.Result.Recorded(receipt, false));
      case ScanReply.AlreadyRecorded(var number) ->
          classes
              .recordedReceipt(classId, number)
              .thenApply(receipt -> new ScanService.Result.Recorded(receipt, true));
      case ScanReply.Duplicate(var number) ->
          classes.recordedReceipt(classId, number).thenApply(ScanService.Result.Duplicate::new);
      case ScanReply.Refused(var reason) ->
          CompletableFuture.completedStage(new ScanService.Result.Refused(reason));
      case ScanReply.Quarantined aside ->
          throw new IllegalStateException("who put it aside answers");
      case ScanReply.Eligible undecided -> throw new IllegalStateException("left undecided");
      case ScanReply.PersonUnknown undecided -> throw new IllegalStateException("left unresolved");
    };
  }
}
