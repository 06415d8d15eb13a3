package org.skillvoucher.gateway.process;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.evidence.VoucherOutcomes.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes a voucher of a closed class or lets it lapse; both commands are idempotent. */
final class VoucherSettling {
  private static final Logger LOG = LoggerFactory.getLogger(VoucherSettling.class);

  private final Vouchers vouchers;
  private final InstantSource clock;

  VoucherSettling(Vouchers vouchers, InstantSource clock) {
    this.vouchers = vouchers;
    this.clock = clock;
  }

  /** A refusal is final and is logged. */
  CompletionStage<Done> settle(ClassId classId, Outcome outcome) {
    VoucherCommand command =
        outcome.completed()
            ? new VoucherCommand.Complete(classId, clock.instant())
            : new VoucherCommand.Lapse(classId, VoucherEvent.Lapsed.NOT_COMPLETED, clock.instant());
    return vouchers
        .send(outcome.voucher(), command, Actor.GATEWAY)
        .thenApply(
            answer -> {
              if (answer instanceof Vouchers.Answer.Refused(var reason)) {
                LOG.warn(
                    "voucher {} refused {}: {}",
                    outcome.voucher(),
                    command.getClass().getSimpleName(),
                    reason);
              }
              return Done.getInstance();
            });
  }
}
