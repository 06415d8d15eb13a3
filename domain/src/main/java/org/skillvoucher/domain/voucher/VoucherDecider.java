package org.skillvoucher.domain.voucher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.voucher.VoucherState.Bound;
import org.skillvoucher.domain.voucher.VoucherState.Claimed;
import org.skillvoucher.domain.voucher.VoucherState.Completed;
import org.skillvoucher.domain.voucher.VoucherState.Expired;
import org.skillvoucher.domain.voucher.VoucherState.Frozen;
import org.skillvoucher.domain.voucher.VoucherState.Issued;
import org.skillvoucher.domain.voucher.VoucherState.Lapsed;
import org.skillvoucher.domain.voucher.VoucherState.Running;
import org.skillvoucher.domain.voucher.VoucherState.Unissued;
import org.skillvoucher.domain.voucher.VoucherState.Voided;

/**
 * The voucher's rules (R40). Commands are idempotent: one whose effect is already there is accepted
 * and writes nothing.
 */
public final class VoucherDecider {
  private VoucherDecider() {}

  public static Decision<VoucherEvent, VoucherRefusal> decide(
      VoucherState state, VoucherCommand command) {
    return switch (command) {
      case VoucherCommand.Issue issue -> issue(state, issue);
      case VoucherCommand.Claim claim -> claim(state, claim);
      case VoucherCommand.Bind(var to, var at) -> bind(state, to, at);
      case VoucherCommand.Complete(var classId, var at) -> complete(state, classId, at);
      case VoucherCommand.Lapse lapse -> lapse(state, lapse);
      case VoucherCommand.Expire(var at) -> expire(state, at);
      case VoucherCommand.Cancel(var reason, var at) -> cancel(state, reason, at);
      case VoucherCommand.Freeze(var reason, var at) -> freeze(state, reason, at);
      case VoucherCommand.Unfreeze(var at) -> unfreeze(state, at);
    };
  }

  public static VoucherState evolve(VoucherState state, VoucherEvent event) {
    return switch (event) {
      case VoucherEvent.Issued issued when state instanceof Unissued -> new Issued(issued.terms());
      case VoucherEvent.Claimed claimed when state instanceof Issued(var terms) ->
          new Claimed(terms);
      case VoucherEvent.Bound bound when state instanceof Claimed(var terms) ->
          new Bound(terms, bound.classId());
      case VoucherEvent.Completed completed when state instanceof Bound(var terms, var classId) ->
          new Completed(terms, classId);
      case VoucherEvent.Lapsed lapsed when state instanceof Bound(var terms, var classId) ->
          new Lapsed(terms, classId, lapsed.reason());
      case VoucherEvent.Expired expired when state instanceof Issued(var terms) ->
          new Expired(terms, false);
      case VoucherEvent.Expired expired when state instanceof Claimed(var terms) ->
          new Expired(terms, true);
      case VoucherEvent.Voided voided when state instanceof Running running ->
          voided(running, voided.reason());
      case VoucherEvent.Voided voided when state instanceof Frozen(var before, var reason) ->
          voided(before, voided.reason());
      case VoucherEvent.Frozen frozen when state instanceof Running running ->
          new Frozen(running, frozen.reason());
      case VoucherEvent.Unfrozen unfrozen when state instanceof Frozen(var before, var reason) ->
          before;
      case VoucherEvent impossible ->
          throw new IllegalStateException(
              impossible.getClass().getSimpleName() + " cannot follow the state " + state.name());
    };
  }

  private static Voided voided(Running before, String reason) {
    return new Voided(before.terms(), before.boundTo(), reason, !(before instanceof Issued));
  }

  /** A voucher of one id is issued once, with the terms of the first time. */
  private static Decision<VoucherEvent, VoucherRefusal> issue(
      VoucherState state, VoucherCommand.Issue issue) {
    return switch (state) {
      case Unissued unissued -> {
        int daysMax = issue.rules().validityDaysMax();
        var validity = Duration.between(issue.at(), issue.terms().expiresAt());
        yield validity.isPositive() && validity.compareTo(Duration.ofDays(daysMax)) <= 0
            ? Decision.accept(new VoucherEvent.Issued(issue.terms(), issue.at()))
            : Decision.reject(new VoucherRefusal.ValidityOutOfRange(daysMax));
      }
      case Running running -> Decision.already();
      case Frozen frozen -> Decision.already();
      case Completed completed -> Decision.already();
      case Lapsed lapsed -> Decision.already();
      case Expired expired -> Decision.already();
      case Voided voided -> Decision.already();
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> claim(
      VoucherState state, VoucherCommand.Claim claim) {
    return switch (state) {
      case Issued(var terms) when !terms.holder().equals(claim.person()) ->
          Decision.reject(new VoucherRefusal.NotTheHolder());
      case Issued(var terms) when !claim.at().isBefore(terms.expiresAt()) ->
          Decision.reject(new VoucherRefusal.PastExpiry(terms.expiresAt()));
      case Issued issued -> Decision.accept(new VoucherEvent.Claimed(claim.at()));
      case Claimed claimed -> claimedBefore(claimed.terms(), claim);
      case Bound bound -> claimedBefore(bound.terms(), claim);
      case Completed completed -> claimedBefore(completed.terms(), claim);
      case Lapsed lapsed -> claimedBefore(lapsed.terms(), claim);
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Frozen s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> claimedBefore(
      VoucherTerms terms, VoucherCommand.Claim claim) {
    return terms.holder().equals(claim.person())
        ? Decision.already()
        : Decision.reject(new VoucherRefusal.NotTheHolder());
  }

  private static Decision<VoucherEvent, VoucherRefusal> bind(
      VoucherState state, BindingClass to, Instant at) {
    return switch (state) {
      case Claimed(var terms) when !at.isBefore(terms.expiresAt()) ->
          Decision.reject(new VoucherRefusal.PastExpiry(terms.expiresAt()));
      case Claimed(var terms) ->
          takesNone(to)
              .or(() -> VoucherFit.against(terms, to))
              .<Decision<VoucherEvent, VoucherRefusal>>map(Decision::reject)
              .orElseGet(
                  () -> Decision.accept(new VoucherEvent.Bound(to.classId(), terms.holder(), at)));
      case Bound bound -> boundBefore(bound.classId(), to.classId());
      case Completed completed -> boundBefore(completed.classId(), to.classId());
      case Lapsed lapsed when !lapsed.classId().equals(to.classId()) ->
          Decision.reject(new VoucherRefusal.BoundElsewhere());
      case Lapsed s -> wrongState(s);
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Issued s -> wrongState(s);
      case Frozen s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  /** Before its approval (R01) or after its closing the class would not record the binding. */
  private static Optional<VoucherRefusal> takesNone(BindingClass to) {
    return to.state().equals("approved") || to.state().equals("open")
        ? Optional.empty()
        : Optional.of(new VoucherRefusal.ClassTakesNone(to.state()));
  }

  private static Decision<VoucherEvent, VoucherRefusal> boundBefore(ClassId kept, ClassId sent) {
    return kept.equals(sent)
        ? Decision.already()
        : Decision.reject(new VoucherRefusal.BoundElsewhere());
  }

  private static Decision<VoucherEvent, VoucherRefusal> complete(
      VoucherState state, ClassId classId, Instant at) {
    return switch (state) {
      case Bound bound when bound.classId().equals(classId) ->
          Decision.accept(new VoucherEvent.Completed(classId, at));
      case Bound bound -> Decision.reject(new VoucherRefusal.BoundElsewhere());
      case Completed completed -> boundBefore(completed.classId(), classId);
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Issued s -> wrongState(s);
      case Claimed s -> wrongState(s);
      case Frozen s -> wrongState(s);
      case Lapsed s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  /** A frozen voucher lapses when it is unfrozen: until then it is not decided. */
  private static Decision<VoucherEvent, VoucherRefusal> lapse(
      VoucherState state, VoucherCommand.Lapse lapse) {
    return switch (state) {
      case Bound bound when bound.classId().equals(lapse.classId()) ->
          Decision.accept(new VoucherEvent.Lapsed(lapse.reason(), lapse.at()));
      case Bound bound -> Decision.reject(new VoucherRefusal.BoundElsewhere());
      case Lapsed lapsed -> boundBefore(lapsed.classId(), lapse.classId());
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Issued s -> wrongState(s);
      case Claimed s -> wrongState(s);
      case Frozen s -> wrongState(s);
      case Completed s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  /** A bound voucher does not expire, because its class is using it. */
  private static Decision<VoucherEvent, VoucherRefusal> expire(VoucherState state, Instant at) {
    return switch (state) {
      case Issued(var terms) -> expireAt(terms.expiresAt(), at);
      case Claimed(var terms) -> expireAt(terms.expiresAt(), at);
      case Expired expired -> Decision.already();
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Bound s -> wrongState(s);
      case Frozen s -> wrongState(s);
      case Completed s -> wrongState(s);
      case Lapsed s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> expireAt(Instant expiresAt, Instant at) {
    return at.isBefore(expiresAt)
        ? Decision.reject(new VoucherRefusal.BeforeExpiry(expiresAt))
        : Decision.accept(new VoucherEvent.Expired(at));
  }

  private static Decision<VoucherEvent, VoucherRefusal> cancel(
      VoucherState state, String reason, Instant at) {
    return switch (state) {
      case Running running -> Decision.accept(new VoucherEvent.Voided(reason, at));
      case Frozen frozen -> Decision.accept(new VoucherEvent.Voided(reason, at));
      case Voided voided -> Decision.already();
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Completed s -> wrongState(s);
      case Lapsed s -> wrongState(s);
      case Expired s -> wrongState(s);
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> freeze(
      VoucherState state, String reason, Instant at) {
    return switch (state) {
      case Running running -> Decision.accept(new VoucherEvent.Frozen(reason, at));
      case Frozen frozen -> Decision.already();
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Completed s -> wrongState(s);
      case Lapsed s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> unfreeze(VoucherState state, Instant at) {
    return switch (state) {
      case Frozen frozen -> Decision.accept(new VoucherEvent.Unfrozen(at));
      case Running running -> Decision.already();
      case Unissued unissued -> Decision.reject(new VoucherRefusal.NotIssued());
      case Completed s -> wrongState(s);
      case Lapsed s -> wrongState(s);
      case Expired s -> wrongState(s);
      case Voided s -> wrongState(s);
    };
  }

  private static Decision<VoucherEvent, VoucherRefusal> wrongState(VoucherState state) {
    return Decision.reject(new VoucherRefusal.WrongState(state.name()));
  }
}
