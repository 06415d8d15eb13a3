package org.skillvoucher.gateway.entity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ScanRules;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.journal.event.EventReader;

/** The training classes, sharded over the cluster. */
public final class ShardedClasses implements Classes {
  private final ClusterSharding sharding;
  private final EventReader events;
  private final EntityGateway asking;

  private ShardedClasses(ClusterSharding sharding, EventReader events, EntityGateway asking) {
    this.sharding = sharding;
    this.events = events;
    this.asking = asking;
  }

  public static ShardedClasses start(
      ActorSystem<?> system, ReceiptSealer sealer, EventReader events, EntitySettings settings) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            TrainingClassActor.TYPE,
            entity ->
                TrainingClassActor.create(new ClassId(entity.getEntityId()), sealer, settings)));
    return new ShardedClasses(sharding, events, new EntityGateway(system, settings));
  }

  @Override
  public CompletionStage<Answer> send(ClassId classId, ClassCommand command) {
    return asking.askToWrite(ref(classId), replyTo -> new ClassRequest.Decide(command, replyTo));
  }

  @Override
  public CompletionStage<Optional<Summary>> find(ClassId classId) {
    return asking
        .<ClassRequest, ClassRequest.Found>ask(ref(classId), ClassRequest.Find::new)
        .thenApply(ClassRequest.Found::summary);
  }

  @Override
  public CompletionStage<Optional<SealedReceipt>> receipt(ClassId classId, long sequence) {
    return asking
        .<ClassRequest, ClassRequest.Location>ask(
            ref(classId), replyTo -> new ClassRequest.Locate(sequence, replyTo))
        .thenCompose(
            location ->
                location
                    .eventNumber()
                    .map(number -> recordedReceipt(classId, number).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
  }

  public CompletionStage<List<ScanReply>> preCheck(
      ClassId classId, List<ScanRules.Question> questions) {
    return asking
        .<ClassRequest, ClassRequest.ScanReplies>ask(
            ref(classId), replyTo -> new ClassRequest.PreCheck(questions, replyTo))
        .thenApply(ClassRequest.ScanReplies::replies);
  }

  public CompletionStage<List<ScanReply>> decide(ClassId classId, List<ScanCommand> commands) {
    return asking
        .<ClassRequest, ClassRequest.ScanReplies>askToWrite(
            ref(classId), replyTo -> new ClassRequest.DecideScans(commands, replyTo))
        .thenApply(ClassRequest.ScanReplies::replies);
  }

  public CompletionStage<Optional<List<VoucherId>>> completedVouchers(ClassId classId) {
    return asking
        .<ClassRequest, ClassRequest.CompletedVouchers>ask(
            ref(classId), ClassRequest.Completed::new)
        .thenApply(ClassRequest.CompletedVouchers::vouchers);
  }

  /** The receipt in one of the class's events, as it was first handed out. */
  public CompletionStage<SealedReceipt> recordedReceipt(ClassId classId, long eventNumber) {
    String persistenceId = PersistenceId.of(TrainingClassActor.TYPE.name(), classId.value()).id();
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

  private EntityRef<ClassRequest> ref(ClassId classId) {
    return sharding.entityRefFor(TrainingClassActor.TYPE, classId.value());
  }
}
