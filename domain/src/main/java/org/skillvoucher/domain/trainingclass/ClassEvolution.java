package org.skillvoucher.domain.trainingclass;

import java.util.Optional;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Chain;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/** How a class's state follows from its events. */
public final class ClassEvolution {
  private ClassEvolution() {}

  /**
   * The state after an event.
   *
   * @param eventNumber the journal's sequence number of this event, kept with a scan so that its
   *     receipt can be read again by primary key
   * @throws IllegalStateException for an event that cannot follow the state: a corrupt journal
   */
  public static ClassState evolve(ClassState state, ClassEvent event, long eventNumber) {
    return switch (event) {
      case ClassEvent.Filed(var filing, var rules, var at) when state instanceof Unfiled ->
          new Filed(filing, rules);
      case ClassEvent.Returned returned when state instanceof Filed(var filing, var rules) ->
          new Returned(filing, returned.reason());
      case ClassEvent.Approved approved when state instanceof Filed(var filing, var rules) ->
          new Approved(new Plan(filing, rules, approved.at(), Roster.EMPTY, Timetable.EMPTY));
      case ClassEvent.Enrolled enrolled when state instanceof Approved(var plan) ->
          new Approved(plan.withRoster(plan.roster().with(enrolled.people())));
      case ClassEvent.Scheduled scheduled when state instanceof Approved(var plan) ->
          new Approved(plan.withTimetable(Timetable.of(scheduled.lessons())));
      case ClassEvent.VoucherAdmitted(var person, var voucher, var at) ->
          replan(
              state,
              event,
              plan -> plan.withRoster(plan.roster().withVoucher(person, Optional.of(voucher))));
      case ClassEvent.VoucherWithdrawn(var person, var voucher, var at) ->
          replan(
              state,
              event,
              plan -> plan.withRoster(plan.roster().withVoucher(person, Optional.empty())));
      case ClassEvent.Opened opened when state instanceof Approved(var plan) ->
          new Open(plan, ScanLedger.empty(), Chain.START);
      case ClassEvent.Attended attended when state instanceof Open open ->
          attended(open, attended, eventNumber);
      case ClassEvent.Closed closed when state instanceof Open(var plan, var ledger, var chain) ->
          new Closed(plan, ledger, chain);
      case ClassEvent impossible -> throw impossible(state, impossible);
    };
  }

  private static Open attended(Open open, ClassEvent.Attended event, long eventNumber) {
    Scan scan = event.scan();
    var entry =
        new ScanLedger.Entry(scan.naturalKey(), scan.key(), scan.body(), event.late(), eventNumber);
    return new Open(open.plan(), open.ledger().with(entry), Chain.after(event.receipt()));
  }

  private static ClassState replan(
      ClassState state, ClassEvent event, java.util.function.UnaryOperator<Plan> change) {
    return switch (state) {
      case Approved(var plan) -> new Approved(change.apply(plan));
      case Open(var plan, var ledger, var chain) -> new Open(change.apply(plan), ledger, chain);
      case Unfiled s -> throw impossible(s, event);
      case Filed s -> throw impossible(s, event);
      case Returned s -> throw impossible(s, event);
      case Closed s -> throw impossible(s, event);
    };
  }

  private static IllegalStateException impossible(ClassState state, ClassEvent event) {
    return new IllegalStateException(
        event.getClass().getSimpleName() + " cannot follow the state " + state.name());
  }
}
