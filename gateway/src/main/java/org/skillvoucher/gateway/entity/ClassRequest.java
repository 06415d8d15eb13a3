package org.skillvoucher.gateway.entity;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ScanRules;

/** What may be sent to a class's actor. */
public sealed interface ClassRequest extends WireMessage {
  /** Any command but a scan. */
  record Decide(ClassCommand command, ActorRef<Classes.Answer> replyTo) implements ClassRequest {}

  /** Would these scans count, or were they kept before? Nothing is written. */
  record PreCheck(List<ScanRules.Question> questions, ActorRef<ScanReplies> replyTo)
      implements ClassRequest {}

  /** What becomes of these statements, in this order; kept all or none. */
  record DecideScans(List<ScanCommand> commands, ActorRef<ScanReplies> replyTo)
      implements ClassRequest {}

  record Find(ActorRef<Found> replyTo) implements ClassRequest {}

  /** Where is the event with this receipt? */
  record Locate(long sequence, ActorRef<Location> replyTo) implements ClassRequest {}

  /** Whose vouchers did the closed class complete? */
  record Completed(ActorRef<CompletedVouchers> replyTo) implements ClassRequest {}

  /** An answer for each, in the same order. */
  record ScanReplies(List<ScanReply> replies) implements WireMessage {}

  /** What the class says of a scan. */
  sealed interface ScanReply extends WireMessage {
    record Recorded(SealedReceipt receipt) implements ScanReply {}

    /** Kept before, in the event with this sequence number. */
    record AlreadyRecorded(long eventNumber) implements ScanReply {}

    /** The person did the same before, by another statement, in the event of this number. */
    record Duplicate(long eventNumber) implements ScanReply {}

    /** It gives no receipt, for the reason it came with. */
    record Quarantined() implements ScanReply {}

    record Refused(ClassRefusal reason) implements ScanReply {}

    record Eligible() implements ScanReply {}

    /** Nothing is against it, but whose it is is not known yet. */
    record PersonUnknown() implements ScanReply {}
  }

  record Found(Optional<Classes.Summary> summary) implements WireMessage {}

  record Location(Optional<Long> eventNumber) implements WireMessage {}

  /** Empty while the class is not closed. */
  record CompletedVouchers(Optional<List<VoucherId>> vouchers) implements WireMessage {}
}
