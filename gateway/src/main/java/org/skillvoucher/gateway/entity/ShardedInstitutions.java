package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.gateway.device.DeviceNames;

/** The institutions, sharded over the cluster. */
public final class ShardedInstitutions implements Institutions {
  private final ClusterSharding sharding;
  private final DeviceNames names;
  private final EntityGateway asking;

  private ShardedInstitutions(ClusterSharding sharding, DeviceNames names, EntityGateway asking) {
    this.sharding = sharding;
    this.names = names;
    this.asking = asking;
  }

  public static ShardedInstitutions start(
      ActorSystem<?> system, DeviceNames names, EntitySettings settings) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            InstitutionActor.TYPE,
            entity -> InstitutionActor.create(new CreditCode(entity.getEntityId()), settings)));
    return new ShardedInstitutions(sharding, names, new EntityGateway(system, settings));
  }

  @Override
  public CompletionStage<Answer> send(CreditCode institution, InstitutionCommand command) {
    return asking.askToWrite(
        ref(institution), replyTo -> new InstitutionActor.Request.Decide(command, replyTo));
  }

  @Override
  public CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution) {
    return asking
        .<InstitutionActor.Request, InstitutionActor.Found>ask(
            ref(institution), InstitutionActor.Request.Find::new)
        .thenApply(
            found ->
                switch (found.state()) {
                  case InstitutionState.Unknown unknown -> Optional.empty();
                  case InstitutionState.Admitted admitted -> Optional.of(admitted);
                });
  }

  @Override
  public CompletionStage<DeviceStanding> device(
      CreditCode institution, String device, Instant now) {
    return names.isOf(institution, device)
        ? asking.ask(
            ref(institution), replyTo -> new InstitutionActor.Request.FindDevice(device, replyTo))
        : CompletableFuture.completedStage(new DeviceStanding.Elsewhere());
  }

  private EntityRef<InstitutionActor.Request> ref(CreditCode institution) {
    return sharding.entityRefFor(InstitutionActor.TYPE, institution.value());
  }
}
