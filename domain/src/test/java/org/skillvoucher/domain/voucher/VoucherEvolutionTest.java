package org.skillvoucher.domain.voucher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.voucher.Vouchers.BOUND;
import static org.skillvoucher.domain.voucher.Vouchers.CLAIMED;
import static org.skillvoucher.domain.voucher.Vouchers.COMPLETED;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRED;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRED_UNCLAIMED;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRY;
import static org.skillvoucher.domain.voucher.Vouchers.FROZEN;
import static org.skillvoucher.domain.voucher.Vouchers.ISSUED;
import static org.skillvoucher.domain.voucher.Vouchers.LAPSED;
import static org.skillvoucher.domain.voucher.Vouchers.NOW;
import static org.skillvoucher.domain.voucher.Vouchers.TERMS;
import static org.skillvoucher.domain.voucher.Vouchers.UNISSUED;
import static org.skillvoucher.domain.voucher.Vouchers.VOIDED;
import static org.skillvoucher.domain.voucher.Vouchers.VOIDED_UNCLAIMED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Variants;

/** What follows from each event in each state: the state named here, or a loud failure. */
final class VoucherEvolutionTest {
  private static final List<VoucherState> STATES =
      List.of(UNISSUED, ISSUED, CLAIMED, BOUND, FROZEN, COMPLETED, LAPSED, EXPIRED, VOIDED);

  private static final VoucherEvent WAS_ISSUED = new VoucherEvent.Issued(TERMS, NOW);
  private static final VoucherEvent WAS_CLAIMED = new VoucherEvent.Claimed(NOW);
  private static final VoucherEvent WAS_BOUND = new VoucherEvent.Bound(CLASS, LI, NOW);
  private static final VoucherEvent WAS_COMPLETED = new VoucherEvent.Completed(CLASS, NOW);
  private static final VoucherEvent HAS_LAPSED = new VoucherEvent.Lapsed("not_completed", NOW);
  private static final VoucherEvent HAS_EXPIRED = new VoucherEvent.Expired(EXPIRY);
  private static final VoucherEvent WAS_VOIDED = new VoucherEvent.Voided("issued twice", NOW);
  private static final VoucherEvent WAS_FROZEN = new VoucherEvent.Frozen("card lost", NOW);
  private static final VoucherEvent WAS_UNFROZEN = new VoucherEvent.Unfrozen(NOW);

  private static final List<VoucherEvent> EVENTS =
      List.of(
          WAS_ISSUED,
          WAS_CLAIMED,
          WAS_BOUND,
          WAS_COMPLETED,
          HAS_LAPSED,
          HAS_EXPIRED,
          WAS_VOIDED,
          WAS_FROZEN,
          WAS_UNFROZEN);

  /** The pairs that can be; every other one cannot. */
  private static final Map<VoucherState, Map<VoucherEvent, VoucherState>> POSSIBLE =
      Map.of(
          UNISSUED,
          Map.of(WAS_ISSUED, ISSUED),
          ISSUED,
          Map.of(
              WAS_CLAIMED, CLAIMED,
              HAS_EXPIRED, EXPIRED_UNCLAIMED,
              WAS_VOIDED, VOIDED_UNCLAIMED,
              WAS_FROZEN, new VoucherState.Frozen(ISSUED, "card lost")),
          CLAIMED,
          Map.of(
              WAS_BOUND, BOUND,
              HAS_EXPIRED, EXPIRED,
              WAS_VOIDED, VOIDED,
              WAS_FROZEN, FROZEN),
          BOUND,
          Map.of(
              WAS_COMPLETED,
              COMPLETED,
              HAS_LAPSED,
              LAPSED,
              WAS_VOIDED,
              new VoucherState.Voided(TERMS, Optional.of(CLASS), "issued twice", true),
              WAS_FROZEN,
              new VoucherState.Frozen(BOUND, "card lost")),
          FROZEN,
          Map.of(WAS_VOIDED, VOIDED, WAS_UNFROZEN, CLAIMED));

  record Pair(VoucherState given, VoucherEvent event) {
    Optional<VoucherState> next() {
      return Optional.ofNullable(POSSIBLE.getOrDefault(given, Map.of()).get(event));
    }

    @Override
    public String toString() {
      return Variants.pair(given.getClass(), event.getClass())
          + " → "
          + next().map(VoucherState::name).orElse("impossible");
    }
  }

  static Stream<Pair> pairs() {
    return STATES.stream().flatMap(state -> EVENTS.stream().map(event -> new Pair(state, event)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachEventLeadsToItsStateOrIsCalledImpossible(Pair pair) {
    if (pair.next().isPresent()) {
      assertEquals(pair.next().get(), VoucherDecider.evolve(pair.given(), pair.event()));
      return;
    }
    var loud =
        assertThrows(
            IllegalStateException.class, () -> VoucherDecider.evolve(pair.given(), pair.event()));
    assertTrue(String.valueOf(loud.getMessage()).endsWith("the state " + pair.given().name()));
  }

  @Test
  void everyStateAndEveryEventTakesPart() {
    assertEquals(Variants.of(VoucherState.class), classes(STATES));
    assertEquals(Variants.of(VoucherEvent.class), classes(EVENTS));
  }

  @Test
  void whateverIsDecidedCanFollow() {
    VoucherDecisionsTest.table()
        .forEach(
            row ->
                assertDoesNotThrow(
                    () -> row.events().forEach(it -> VoucherDecider.evolve(row.given(), it))));
  }

  private static Set<Class<?>> classes(List<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }
}
