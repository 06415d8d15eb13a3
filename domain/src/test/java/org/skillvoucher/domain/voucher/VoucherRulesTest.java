package org.skillvoucher.domain.voucher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.OCCUPATION;
import static org.skillvoucher.domain.Samples.OTHER_CLASS;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.VOUCHER_RULES;
import static org.skillvoucher.domain.Samples.WANG;
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
import static org.skillvoucher.domain.voucher.Vouchers.TO_CLASS;
import static org.skillvoucher.domain.voucher.Vouchers.UNISSUED;
import static org.skillvoucher.domain.voucher.Vouchers.VOIDED;
import static org.skillvoucher.domain.voucher.Vouchers.VOIDED_UNCLAIMED;
import static org.skillvoucher.domain.voucher.Vouchers.to;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.voucher.VoucherRefusal.BeforeExpiry;
import org.skillvoucher.domain.voucher.VoucherRefusal.BoundElsewhere;
import org.skillvoucher.domain.voucher.VoucherRefusal.NotTheHolder;
import org.skillvoucher.domain.voucher.VoucherRefusal.PastExpiry;
import org.skillvoucher.domain.voucher.VoucherRefusal.ValidityOutOfRange;

/** The rules of a voucher that lie within one pair of the table of {@link VoucherDecisionsTest}. */
final class VoucherRulesTest {
  @Test
  void aVoucherIsIssuedForAtMostTheDaysOfTheRegion() {
    assertEquals(accept(new VoucherEvent.Issued(TERMS, NOW)), issue(EXPIRY));
    assertEquals(reject(new ValidityOutOfRange(90)), issue(EXPIRY.plusMillis(1)));
  }

  @Test
  void aVoucherIsNotIssuedWhenItWouldBeOverAtOnce() {
    assertEquals(reject(new ValidityOutOfRange(90)), issue(NOW));
    assertEquals(reject(new ValidityOutOfRange(90)), issue(NOW.minusMillis(1)));
  }

  @Test
  void whatWasIssuedKeepsItsTermsInEveryState() {
    var other =
        new VoucherCommand.Issue(
            new VoucherTerms(LI, REGION, OCCUPATION, 5, EXPIRY.minusSeconds(1)),
            VOUCHER_RULES,
            NOW);

    for (VoucherState state :
        List.of(ISSUED, CLAIMED, BOUND, FROZEN, COMPLETED, LAPSED, EXPIRED, VOIDED)) {
      assertEquals(already(), VoucherDecider.decide(state, other));
    }
  }

  @Test
  void onlyAVoucherThatEndedBeforeItWasClaimedIsFollowedByAnother() {
    for (VoucherState state : List.of(EXPIRED_UNCLAIMED, VOIDED_UNCLAIMED)) {
      assertTrue(state.endedUnclaimed());
    }
    for (VoucherState state :
        List.of(UNISSUED, ISSUED, CLAIMED, BOUND, FROZEN, COMPLETED, LAPSED, EXPIRED, VOIDED)) {
      assertFalse(state.endedUnclaimed());
    }
  }

  @Test
  void aVoucherThatWasFrozenUnclaimedAndVoidedEndedUnclaimed() {
    VoucherState frozen = VoucherDecider.evolve(ISSUED, new VoucherEvent.Frozen("card lost", NOW));

    assertTrue(
        VoucherDecider.evolve(frozen, new VoucherEvent.Voided("moved", NOW)).endedUnclaimed());
  }

  @Test
  void issuingTheSameAgainAfterItExpiredIsStillTheSame() {
    var late = new VoucherCommand.Issue(TERMS, VOUCHER_RULES, EXPIRY.plusSeconds(1));

    assertEquals(already(), VoucherDecider.decide(EXPIRED, late));
  }

  @Test
  void onlyItsHolderClaimsAVoucherAndOthersLearnNothingOfItsState() {
    for (VoucherState state : List.of(ISSUED, CLAIMED, BOUND, COMPLETED)) {
      assertEquals(
          reject(new NotTheHolder()),
          VoucherDecider.decide(state, new VoucherCommand.Claim(WANG, EXPIRY)));
    }
  }

  @Test
  void aVoucherIsClaimedUntilItsLastMomentAndNotAtIt() {
    assertEquals(
        accept(new VoucherEvent.Claimed(EXPIRY.minusMillis(1))),
        VoucherDecider.decide(ISSUED, new VoucherCommand.Claim(LI, EXPIRY.minusMillis(1))));
    assertEquals(
        reject(new PastExpiry(EXPIRY)),
        VoucherDecider.decide(ISSUED, new VoucherCommand.Claim(LI, EXPIRY)));
  }

  @Test
  void aVoucherIsBoundUntilItsLastMomentAndNotAtIt() {
    Instant last = EXPIRY.minusMillis(1);

    assertEquals(
        accept(new VoucherEvent.Bound(CLASS, LI, last)),
        VoucherDecider.decide(CLAIMED, new VoucherCommand.Bind(TO_CLASS, last)));
    assertEquals(
        reject(new PastExpiry(EXPIRY)),
        VoucherDecider.decide(CLAIMED, new VoucherCommand.Bind(TO_CLASS, EXPIRY)));
  }

  @Test
  void aClaimOrBindingSentAgainAfterExpiryKeepsItsFirstAnswer() {
    assertEquals(already(), VoucherDecider.decide(CLAIMED, new VoucherCommand.Claim(LI, EXPIRY)));
    assertEquals(
        already(), VoucherDecider.decide(BOUND, new VoucherCommand.Bind(TO_CLASS, EXPIRY)));
  }

  @Test
  void aVoucherServesOneClassOnly() {
    for (VoucherState state : List.of(BOUND, COMPLETED, LAPSED)) {
      assertEquals(
          reject(new BoundElsewhere()),
          VoucherDecider.decide(state, new VoucherCommand.Bind(to(OTHER_CLASS), NOW)));
    }
    for (VoucherState state : List.of(BOUND, COMPLETED)) {
      assertEquals(
          reject(new BoundElsewhere()),
          VoucherDecider.decide(state, new VoucherCommand.Complete(OTHER_CLASS, NOW)));
    }
  }

  @Test
  void aVoucherDoesNotExpireBeforeItsLastMoment() {
    for (VoucherState state : List.of(ISSUED, CLAIMED)) {
      assertEquals(
          reject(new BeforeExpiry(EXPIRY)),
          VoucherDecider.decide(state, new VoucherCommand.Expire(EXPIRY.minusMillis(1))));
    }
  }

  @Test
  void anUnfrozenVoucherIsWhatItWasBefore() {
    for (VoucherState.Running before : List.of(ISSUED, CLAIMED, BOUND)) {
      VoucherState frozen =
          VoucherDecider.evolve(before, new VoucherEvent.Frozen("card lost", NOW));

      assertEquals(new VoucherState.Frozen(before, "card lost"), frozen);
      assertEquals(before, VoucherDecider.evolve(frozen, new VoucherEvent.Unfrozen(NOW)));
    }
  }

  @Test
  void aBoundVoucherKnowsItsClassAlsoWhenFrozenVoidedOrCompletedSoThatTheClassCanLetGo() {
    VoucherState frozen = VoucherDecider.evolve(BOUND, new VoucherEvent.Frozen("card lost", NOW));
    VoucherState voided = VoucherDecider.evolve(frozen, new VoucherEvent.Voided("stolen", NOW));

    for (VoucherState state : List.of(BOUND, frozen, voided, COMPLETED, LAPSED)) {
      assertEquals(Optional.of(CLASS), state.boundTo());
    }
    for (VoucherState state : List.of(UNISSUED, ISSUED, CLAIMED, FROZEN, EXPIRED, VOIDED)) {
      assertEquals(Optional.empty(), state.boundTo());
    }
  }

  @Test
  void aSkillLevelIsOneToFive() {
    for (int level : new int[] {0, 6}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new VoucherTerms(LI, REGION, OCCUPATION, level, EXPIRY));
    }
  }

  @Test
  void aVoucherThatWasNeverIssuedIsUnissued() {
    assertEquals(UNISSUED, VoucherState.initial());
  }

  private static Decision<VoucherEvent, VoucherRefusal> issue(Instant expiresAt) {
    var terms = new VoucherTerms(LI, REGION, OCCUPATION, 5, expiresAt);
    return VoucherDecider.decide(UNISSUED, new VoucherCommand.Issue(terms, VOUCHER_RULES, NOW));
  }
}
