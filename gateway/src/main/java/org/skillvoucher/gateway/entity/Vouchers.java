package org.skillvoucher.gateway.entity;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;

/** The vouchers, wherever in the cluster they live. A stage that fails means unknown: 503. */
public interface Vouchers {
  CompletionStage<Answer> send(VoucherId voucher, VoucherCommand command);

  /** As the voucher itself knows it; {@link VoucherState.Unissued} when there is none. */
  CompletionStage<VoucherState> find(VoucherId voucher);

  /** What the voucher answered. */
  sealed interface Answer extends WireMessage {
    /**
     * Carried out.
     *
     * @param changed false when the effect was there before and nothing was written
     */
    record Done(VoucherState state, boolean changed) implements Answer {}

    record Refused(VoucherRefusal reason) implements Answer {}
  }
}
