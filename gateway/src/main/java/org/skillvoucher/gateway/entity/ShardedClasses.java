package org.skillvoucher.gateway.entity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.event.EventReader;

/** The training classes, sharded over the cluster. */
public final class ShardedClasses implements Classes {
  private final EntityGateway<ClassRequest> entities;
  private final EventReader events;

  private ShardedClasses(EntityGateway<ClassRequest> entities, EventReader events) {
    this.entities = entities;
    this.events = events;
  }

  public static ShardedClasses start(
      ActorSystem<?> system, ReceiptSealer sealer, EventReader events, EntitySettings settings) {
    return new ShardedClasses(
        EntityGateway.start(
            system,
            TrainingClassActor.TYPE,
            id -> TrainingClassActor.create(new ClassId(id), sealer, settings),
            settings),
        events);
  }

  @Override
  public CompletionStage<Answer> send(ClassId classId, ClassCommand command, Actor by) {
    return entities.askToWrite(
        classId.value(), replyTo -> new ClassRequest.Decide(command, by, replyTo));
  }

  @Override
  public CompletionStage<Optional<Summary>> find(ClassId classId) {
    return entities
        .ask(classId.value(), ClassRequest.Find::new)
        .thenApply(ClassRequest.Found::summary);
  }

  @Override
  public CompletionStage<Optional<SealedReceipt>> receipt(ClassId classId, long sequence) {
    return entities
        .<ClassRequest.Location>ask(
            classId.value(), replyTo -> new ClassRequest.Locate(sequence, replyTo))
        .thenCompose(
            location ->
                location
                    .eventNumber()
                    .map(number -> recordedReceipt(classId, number).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
  }

  public CompletionStage<List<Optional<ScanResult.Known>>> preCheck(
      ClassId classId, List<ScanRules.Question> questions) {
    return entities
        .<ClassRequest.PreChecked>ask(
            classId.value(), replyTo -> new ClassRequest.PreCheck(questions, replyTo))
        .thenApply(ClassRequest.PreChecked::results);
  }

  public CompletionStage<ScanResult.Decided> record(ScanCommand.RecordAttendance command) {
    return entities
        .<ClassRequest.ScanDecided>askToWrite(
            command.classId().value(), replyTo -> new ClassRequest.RecordScan(command, replyTo))
        .thenApply(ClassRequest.ScanDecided::result);
  }

  public CompletionStage<List<ScanResult>> decide(ClassId classId, List<ScanCommand> commands) {
    return entities
        .<ClassRequest.ScansDecided>askToWrite(
            classId.value(), replyTo -> new ClassRequest.DecideScans(commands, replyTo))
        .thenApply(ClassRequest.ScansDecided::results);
  }

  /** The receipt in one of the class's events, as it was first handed out. */
  public CompletionStage<SealedReceipt> recordedReceipt(ClassId classId, long eventNumber) {
    String persistenceId = EntityType.CLASS.persistenceId(classId.value());
    return events
        .event(persistenceId, eventNumber)
        .thenApply(
            event -> {
              if (event.orElse(null) instanceof ClassEvent.Attended attended) {
                return attended.receipt();
              }
              throw new IllegalStateException(
                  "event " + eventNumber + " of " + persistenceId + " holds no receipt");
            });
  }
}
