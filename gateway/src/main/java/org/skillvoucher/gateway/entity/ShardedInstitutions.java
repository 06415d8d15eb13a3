package org.skillvoucher.gateway.entity;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.gateway.device.DeviceNames;

/** The institutions, sharded over the cluster. */
public final class ShardedInstitutions implements Institutions {
  private final DeviceNames names;
  private final EntityGateway<InstitutionActor.Request> entities;

  private ShardedInstitutions(DeviceNames names, EntityGateway<InstitutionActor.Request> entities) {
    this.names = names;
    this.entities = entities;
  }

  public static ShardedInstitutions start(
      ActorSystem<?> system, DeviceNames names, EntitySettings settings) {
    return new ShardedInstitutions(
        names,
        EntityGateway.start(
            system,
            InstitutionActor.TYPE,
            id -> InstitutionActor.create(new CreditCode(id), settings),
            settings));
  }

  @Override
  public CompletionStage<Answer> send(
      CreditCode institution, InstitutionCommand command, Actor by) {
    return entities.askToWrite(
        institution.value(), replyTo -> new InstitutionActor.Request.Decide(command, by, replyTo));
  }

  @Override
  public CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution) {
    return entities
        .ask(institution.value(), InstitutionActor.Request.Find::new)
        .thenApply(
            found ->
                switch (found.state()) {
                  case InstitutionState.Unknown unknown -> Optional.empty();
                  case InstitutionState.Admitted admitted -> Optional.of(admitted);
                });
  }

  @Override
  public CompletionStage<DeviceStanding> device(CreditCode institution, String device) {
    return names.isOf(institution, device)
        ? entities.ask(
            institution.value(),
            replyTo -> new InstitutionActor.Request.FindDevice(device, replyTo))
        : CompletableFuture.completedStage(new DeviceStanding.Elsewhere());
  }
}
