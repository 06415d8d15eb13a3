package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.gateway.journal.WireMessage;

/** What may be sent to a class's actor. */
sealed interface ClassRequest extends WireMessage {
  /** Any command but a scan. */
  record Decide(ClassCommand command, ActorRef<Classes.Answer> replyTo) implements ClassRequest {}

  /** Would this scan count, or was it kept before? Nothing is written. */
  record Weigh(Scan scan, CreditCode institution, Instant now, ActorRef<ScanReply> replyTo)
      implements ClassRequest {}

  /** A scan whose card was verified. */
  record Keep(ClassCommand.RecordScan command, ActorRef<ScanReply> replyTo)
      implements ClassRequest {}

  record Find(ActorRef<Found> replyTo) implements ClassRequest {}

  record Enrolled(ActorRef<People> replyTo) implements ClassRequest {}

  /** Where is the event with this receipt? */
  record Locate(long sequence, ActorRef<Location> replyTo) implements ClassRequest {}

  /** Whose vouchers did the closed class complete? */
  record Completed(ActorRef<CompletedVouchers> replyTo) implements ClassRequest {}

  /** What the class says of a scan. */
  sealed interface ScanReply extends WireMessage {
    record Kept(SealedReceipt receipt) implements ScanReply {}

    /** Kept before, in the event with this sequence number. */
    record Seen(long eventNumber) implements ScanReply {}

    record Refused(ClassRefusal reason) implements ScanReply {}

    record WouldCount() implements ScanReply {}
  }

  record Found(Optional<Classes.Summary> summary) implements WireMessage {}

  record People(Set<PersonPseudonym> people) implements WireMessage {}

  record Location(Optional<Long> eventNumber) implements WireMessage {}

  /** Empty while the class is not closed. */
  record CompletedVouchers(Optional<List<VoucherId>> vouchers) implements WireMessage {}
}
