package org.skillvoucher.gateway.entity;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherState;

/** The vouchers, sharded over the cluster. */
public final class ShardedVouchers implements Vouchers {
  private final ClusterSharding sharding;
  private final EntityGateway asking;

  private ShardedVouchers(ClusterSharding sharding, EntityGateway asking) {
    this.sharding = sharding;
    this.asking = asking;
  }

  public static ShardedVouchers start(ActorSystem<?> system, EntitySettings settings) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            VoucherActor.TYPE,
            entity -> VoucherActor.create(new VoucherId(entity.getEntityId()), settings)));
    return new ShardedVouchers(sharding, new EntityGateway(system, settings));
  }

  @Override
  public CompletionStage<Answer> send(VoucherId voucher, VoucherCommand command) {
    return asking.askToWrite(
        ref(voucher), replyTo -> new VoucherActor.Request.Decide(command, replyTo));
  }

  @Override
  public CompletionStage<VoucherState> find(VoucherId voucher) {
    return asking
        .<VoucherActor.Request, VoucherActor.Found>ask(ref(voucher), VoucherActor.Request.Find::new)
        .thenApply(VoucherActor.Found::state);
  }

  private EntityRef<VoucherActor.Request> ref(VoucherId voucher) {
    return sharding.entityRefFor(VoucherActor.TYPE, voucher.value());
  }
}
