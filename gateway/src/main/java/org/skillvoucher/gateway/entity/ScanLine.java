package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.domain.trainingclass.Verification;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.platform.CardOutcome;
import org.skillvoucher.gateway.platform.CardPlatform;
import org.skillvoucher.gateway.platform.CardReading;
import org.skillvoucher.gateway.security.People;

/**
 * The line of one scan. The class is asked first, so that a scan sent again never troubles the card
 * platform; the card is verified while no actor waits; then the class decides.
 */
public final class ScanLine implements Scans {
  private final ShardedClasses classes;
  private final CardPlatform platform;
  private final People people;
  private final InstantSource clock;

  public ScanLine(
      ShardedClasses classes, CardPlatform platform, People people, InstantSource clock) {
    this.classes = classes;
    this.platform = platform;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> record(
      ClassId classId, CreditCode institution, Scan scan, CardReading card, String idempotencyKey) {
    return classes
        .weigh(classId, scan, institution, clock.instant())
        .thenCompose(
            reply ->
                reply instanceof ScanReply.WouldCount
                    ? verifyAndKeep(classId, institution, scan, card, idempotencyKey)
                    : answer(classId, reply));
  }

  private CompletionStage<Answer> verifyAndKeep(
      ClassId classId, CreditCode institution, Scan scan, CardReading card, String idempotencyKey) {
    return platform
        .verifyCard(card, idempotencyKey)
        .thenCompose(
            outcome ->
                outcome instanceof CardOutcome.Verified(var reference)
                    ? keep(classId, institution, scan, reference)
                    : CompletableFuture.completedStage(new Answer.CardRefused(outcome)));
  }

  private CompletionStage<Answer> keep(
      ClassId classId, CreditCode institution, Scan scan, String reference) {
    Instant now = clock.instant();
    String receiptId = Ulid.at(now);
    var verification = new Verification("physical_card", "card_platform", reference, true);
    return people
        .commitment(scan.person(), receiptId)
        .thenCompose(
            subject ->
                classes.keep(
                    new ClassCommand.RecordScan(
                        classId, institution, scan, verification, receiptId, subject, now)))
        .thenCompose(reply -> answer(classId, reply));
  }

  private CompletionStage<Answer> answer(ClassId classId, ScanReply reply) {
    return switch (reply) {
      case ScanReply.Kept(var receipt) ->
          CompletableFuture.completedStage(new Answer.Kept(receipt, false));
      case ScanReply.Seen(var eventNumber) ->
          classes.kept(classId, eventNumber).thenApply(receipt -> new Answer.Kept(receipt, true));
      case ScanReply.Refused(var reason) ->
          CompletableFuture.completedStage(new Answer.Refused(reason));
      case ScanReply.WouldCount undecided ->
          throw new IllegalStateException("a verified scan was left undecided");
    };
  }
}
