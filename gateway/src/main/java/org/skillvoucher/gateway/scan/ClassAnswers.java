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
  static CompletionStage<Scans.Answer> of(
      ShardedClasses classes, ClassId classId, ScanReply reply) {
    return switch (reply) {
      case ScanReply.Kept(var receipt) ->
          CompletableFuture.completedStage(new Scans.Answer.Kept(receipt, false));
      case ScanReply.Seen(var number) ->
          classes.kept(classId, number).thenApply(receipt -> new Scans.Answer.Kept(receipt, true));
      case ScanReply.Repeated(var number) ->
          classes.kept(classId, number).thenApply(Scans.Answer.Repeated::new);
      case ScanReply.Refused(var reason) ->
          CompletableFuture.completedStage(new Scans.Answer.Refused(reason));
      case ScanReply.PutAside aside -> throw new IllegalStateException("who put it aside answers");
      case ScanReply.WouldCount undecided -> throw new IllegalStateException("left undecided");
      case ScanReply.Unresolved undecided -> throw new IllegalStateException("left unresolved");
    };
  }
}
