package org.skillvoucher.gateway.entity;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules;

/** The requests to a class's actor. */
public sealed interface ClassRequest extends WireMessage {
  /** Any command but a scan. */
  record Decide(ClassCommand command, Actor by, ActorRef<Classes.Answer> replyTo)
      implements ClassRequest {}

  /** What is known of these statements without a decision? Nothing is written. */
  record PreCheck(List<ScanRules.Question> questions, ActorRef<PreChecked> replyTo)
      implements ClassRequest {}

  record RecordScan(ScanCommand.RecordAttendance command, ActorRef<ScanDecided> replyTo)
      implements ClassRequest {}

  /** Decides these statements in this order; all or none of their events are persisted. */
  record DecideScans(List<ScanCommand> commands, ActorRef<ScansDecided> replyTo)
      implements ClassRequest {}

  record Find(ActorRef<Found> replyTo) implements ClassRequest {}

  /** Where is the event with this receipt? */
  record Locate(long sequence, ActorRef<Location> replyTo) implements ClassRequest {}

  /** For each question, in the same order; empty where nothing is against the statement. */
  record PreChecked(List<Optional<ScanResult.Known>> results) implements WireMessage {}

  record ScanDecided(ScanResult.Decided result) implements WireMessage {}

  /** For each command, in the same order. */
  record ScansDecided(List<ScanResult> results) implements WireMessage {}

  record Found(Optional<Classes.Summary> summary) implements WireMessage {}

  record Location(Optional<Long> eventNumber) implements WireMessage {}
}
