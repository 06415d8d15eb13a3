package org.skillvoucher.domain.voucher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.voucher.Vouchers.BIND;
import static org.skillvoucher.domain.voucher.Vouchers.BOUND;
import static org.skillvoucher.domain.voucher.Vouchers.CANCEL;
import static org.skillvoucher.domain.voucher.Vouchers.CLAIM;
import static org.skillvoucher.domain.voucher.Vouchers.CLAIMED;
import static org.skillvoucher.domain.voucher.Vouchers.COMPLETE;
import static org.skillvoucher.domain.voucher.Vouchers.COMPLETED;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRE;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRED;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRY;
import static org.skillvoucher.domain.voucher.Vouchers.FREEZE;
import static org.skillvoucher.domain.voucher.Vouchers.FROZEN;
import static org.skillvoucher.domain.voucher.Vouchers.ISSUE;
import static org.skillvoucher.domain.voucher.Vouchers.ISSUED;
import static org.skillvoucher.domain.voucher.Vouchers.LAPSE;
import static org.skillvoucher.domain.voucher.Vouchers.LAPSED;
import static org.skillvoucher.domain.voucher.Vouchers.NOW;
import static org.skillvoucher.domain.voucher.Vouchers.TERMS;
import static org.skillvoucher.domain.voucher.Vouchers.UNFREEZE;
import static org.skillvoucher.domain.voucher.Vouchers.UNISSUED;
import static org.skillvoucher.domain.voucher.Vouchers.VOIDED;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.Variants;
import org.skillvoucher.domain.voucher.VoucherEvent.Bound;
import org.skillvoucher.domain.voucher.VoucherEvent.Claimed;
import org.skillvoucher.domain.voucher.VoucherEvent.Completed;
import org.skillvoucher.domain.voucher.VoucherEvent.Expired;
import org.skillvoucher.domain.voucher.VoucherEvent.Frozen;
import org.skillvoucher.domain.voucher.VoucherEvent.Issued;
import org.skillvoucher.domain.voucher.VoucherEvent.Lapsed;
import org.skillvoucher.domain.voucher.VoucherEvent.Unfrozen;
import org.skillvoucher.domain.voucher.VoucherEvent.Voided;
import org.skillvoucher.domain.voucher.VoucherRefusal.NotIssued;
import org.skillvoucher.domain.voucher.VoucherRefusal.WrongState;

/** The decision of a voucher on each command in each of its states. */
final class VoucherDecisionsTest {
  /** One pair; an empty decision means the refusal that names the state. */
  record Row(VoucherState given, VoucherCommand when, Decision<VoucherEvent, VoucherRefusal> then) {
    String pair() {
      return Variants.pair(given.getClass(), when.getClass());
    }

    List<VoucherEvent> events() {
      return switch (then) {
        case Decision.Accepted<VoucherEvent, VoucherRefusal>(var events) -> events;
        case Decision.Rejected<VoucherEvent, VoucherRefusal> rejected -> List.of();
      };
    }

    @Override
    public String toString() {
      return pair() + " → " + then;
    }
  }

  private static final List<Row> TABLE =
      List.of(
          new Row(UNISSUED, ISSUE, accept(new Issued(TERMS, NOW))),
          new Row(UNISSUED, CLAIM, reject(new NotIssued())),
          new Row(UNISSUED, BIND, reject(new NotIssued())),
          new Row(UNISSUED, COMPLETE, reject(new NotIssued())),
          new Row(UNISSUED, LAPSE, reject(new NotIssued())),
          new Row(UNISSUED, EXPIRE, reject(new NotIssued())),
          new Row(UNISSUED, CANCEL, reject(new NotIssued())),
          new Row(UNISSUED, FREEZE, reject(new NotIssued())),
          new Row(UNISSUED, UNFREEZE, reject(new NotIssued())),
          new Row(ISSUED, ISSUE, already()),
          new Row(ISSUED, CLAIM, accept(new Claimed(NOW))),
          new Row(ISSUED, BIND, wrongState("issued")),
          new Row(ISSUED, COMPLETE, wrongState("issued")),
          new Row(ISSUED, LAPSE, wrongState("issued")),
          new Row(ISSUED, EXPIRE, accept(new Expired(EXPIRY))),
          new Row(ISSUED, CANCEL, accept(new Voided("issued twice", NOW))),
          new Row(ISSUED, FREEZE, accept(new Frozen("card lost", NOW))),
          new Row(ISSUED, UNFREEZE, already()),
          new Row(CLAIMED, ISSUE, already()),
          new Row(CLAIMED, CLAIM, already()),
          new Row(CLAIMED, BIND, accept(new Bound(CLASS, LI, NOW))),
          new Row(CLAIMED, COMPLETE, wrongState("claimed")),
          new Row(CLAIMED, LAPSE, wrongState("claimed")),
          new Row(CLAIMED, EXPIRE, accept(new Expired(EXPIRY))),
          new Row(CLAIMED, CANCEL, accept(new Voided("issued twice", NOW))),
          new Row(CLAIMED, FREEZE, accept(new Frozen("card lost", NOW))),
          new Row(CLAIMED, UNFREEZE, already()),
          new Row(BOUND, ISSUE, already()),
          new Row(BOUND, CLAIM, already()),
          new Row(BOUND, BIND, already()),
          new Row(BOUND, COMPLETE, accept(new Completed(CLASS, NOW))),
          new Row(BOUND, LAPSE, accept(new Lapsed("not_completed", NOW))),
          new Row(BOUND, EXPIRE, wrongState("bound")),
          new Row(BOUND, CANCEL, accept(new Voided("issued twice", NOW))),
          new Row(BOUND, FREEZE, accept(new Frozen("card lost", NOW))),
          new Row(BOUND, UNFREEZE, already()),
          new Row(FROZEN, ISSUE, already()),
          new Row(FROZEN, CLAIM, wrongState("frozen")),
          new Row(FROZEN, BIND, wrongState("frozen")),
          new Row(FROZEN, COMPLETE, wrongState("frozen")),
          new Row(FROZEN, LAPSE, wrongState("frozen")),
          new Row(FROZEN, EXPIRE, wrongState("frozen")),
          new Row(FROZEN, CANCEL, accept(new Voided("issued twice", NOW))),
          new Row(FROZEN, FREEZE, already()),
          new Row(FROZEN, UNFREEZE, accept(new Unfrozen(NOW))),
          new Row(COMPLETED, ISSUE, already()),
          new Row(COMPLETED, CLAIM, already()),
          new Row(COMPLETED, BIND, already()),
          new Row(COMPLETED, COMPLETE, already()),
          new Row(COMPLETED, LAPSE, wrongState("completed")),
          new Row(COMPLETED, EXPIRE, wrongState("completed")),
          new Row(COMPLETED, CANCEL, wrongState("completed")),
          new Row(COMPLETED, FREEZE, wrongState("completed")),
          new Row(COMPLETED, UNFREEZE, wrongState("completed")),
          new Row(LAPSED, ISSUE, already()),
          new Row(LAPSED, CLAIM, already()),
          new Row(LAPSED, BIND, wrongState("lapsed")),
          new Row(LAPSED, COMPLETE, wrongState("lapsed")),
          new Row(LAPSED, LAPSE, already()),
          new Row(LAPSED, EXPIRE, wrongState("lapsed")),
          new Row(LAPSED, CANCEL, wrongState("lapsed")),
          new Row(LAPSED, FREEZE, wrongState("lapsed")),
          new Row(LAPSED, UNFREEZE, wrongState("lapsed")),
          new Row(EXPIRED, ISSUE, already()),
          new Row(EXPIRED, CLAIM, wrongState("expired")),
          new Row(EXPIRED, BIND, wrongState("expired")),
          new Row(EXPIRED, COMPLETE, wrongState("expired")),
          new Row(EXPIRED, LAPSE, wrongState("expired")),
          new Row(EXPIRED, EXPIRE, already()),
          new Row(EXPIRED, CANCEL, wrongState("expired")),
          new Row(EXPIRED, FREEZE, wrongState("expired")),
          new Row(EXPIRED, UNFREEZE, wrongState("expired")),
          new Row(VOIDED, ISSUE, already()),
          new Row(VOIDED, CLAIM, wrongState("voided")),
          new Row(VOIDED, BIND, wrongState("voided")),
          new Row(VOIDED, COMPLETE, wrongState("voided")),
          new Row(VOIDED, LAPSE, wrongState("voided")),
          new Row(VOIDED, EXPIRE, wrongState("voided")),
          new Row(VOIDED, CANCEL, already()),
          new Row(VOIDED, FREEZE, wrongState("voided")),
          new Row(VOIDED, UNFREEZE, wrongState("voided")));

  static Stream<Row> table() {
    return TABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("table")
  void eachCommandInEachStateIsDecidedAsTheTableSays(Row row) {
    assertEquals(row.then(), VoucherDecider.decide(row.given(), row.when()));
  }

  private static Decision<VoucherEvent, VoucherRefusal> wrongState(String state) {
    return reject(new WrongState(state));
  }

  @Test
  void noPairIsLeftOutOfTheTable() {
    Set<String> pairs = TABLE.stream().map(Row::pair).collect(Collectors.toSet());

    assertEquals(Variants.pairs(VoucherState.class, VoucherCommand.class), pairs);
    assertEquals(pairs.size(), TABLE.size());
  }
}
