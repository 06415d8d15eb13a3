package org.skillvoucher.gateway.entity;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;

/** The vouchers, on whatever node. A stage that fails means an unknown outcome: 503. */
public interface Vouchers {
  CompletionStage<Answer> send(VoucherId voucher, VoucherCommand command, Actor by);

  /** The entity's own state; {@link VoucherState.Unissued} when there is none. */
  CompletionStage<VoucherState> find(VoucherId voucher);

  /** The answer to a command. */
  sealed interface Answer extends WireMessage {
    /**
     * Carried out.
     *
     * @param changed false when the command had its effect before and nothing was written
     */
    record Done(VoucherState state, boolean changed) implements Answer {}

    record Refused(VoucherRefusal reason) implements Answer {}
  }
}
