package org.skillvoucher.gateway.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherDecider;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.entity.Vouchers;

/** Vouchers in memory, decided by the domain's own rules unless a test sets the answer. */
final class StubVouchers implements Vouchers {
  private final Map<VoucherId, VoucherState> states = new ConcurrentHashMap<>();
  Optional<VoucherRefusal> refusal = Optional.empty();
  Optional<RuntimeException> failure = Optional.empty();

  @Override
  public CompletionStage<Answer> send(VoucherId voucher, VoucherCommand command, Actor by) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    return CompletableFuture.completedStage(
        refusal.<Answer>map(Answer.Refused::new).orElseGet(() -> decide(voucher, command)));
  }

  private Answer decide(VoucherId voucher, VoucherCommand command) {
    VoucherState before = states.getOrDefault(voucher, VoucherState.initial());
    return switch (VoucherDecider.decide(before, command)) {
      case Decision.Rejected<VoucherEvent, VoucherRefusal>(var reason) ->
          new Answer.Refused(reason);
      case Decision.Accepted<VoucherEvent, VoucherRefusal>(var events) -> {
        VoucherState after = before;
        for (VoucherEvent event : events) {
          after = VoucherDecider.evolve(after, event);
        }
        states.put(voucher, after);
        yield new Answer.Done(after, !events.isEmpty());
      }
    };
  }

  @Override
  public CompletionStage<VoucherState> find(VoucherId voucher) {
    return failure
        .<CompletionStage<VoucherState>>map(CompletableFuture::failedStage)
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    states.getOrDefault(voucher, VoucherState.initial())));
  }
}
