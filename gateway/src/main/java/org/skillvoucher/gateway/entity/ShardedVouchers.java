package org.skillvoucher.gateway.entity;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherState;

/** The vouchers, sharded over the cluster. */
public final class ShardedVouchers implements Vouchers {
  private final EntityGateway<VoucherActor.Request> entities;

  private ShardedVouchers(EntityGateway<VoucherActor.Request> entities) {
    this.entities = entities;
  }

  public static ShardedVouchers start(ActorSystem<?> system, EntitySettings settings) {
    return new ShardedVouchers(
        EntityGateway.start(
            system,
            VoucherActor.TYPE,
            id -> VoucherActor.create(new VoucherId(id), settings),
            settings));
  }

  @Override
  public CompletionStage<Answer> send(VoucherId voucher, VoucherCommand command, Actor by) {
    return entities.askToWrite(
        voucher.value(), replyTo -> new VoucherActor.Request.Decide(command, by, replyTo));
  }

  @Override
  public CompletionStage<VoucherState> find(VoucherId voucher) {
    return entities
        .ask(voucher.value(), VoucherActor.Request.Find::new)
        .thenApply(VoucherActor.Found::state);
  }
}
