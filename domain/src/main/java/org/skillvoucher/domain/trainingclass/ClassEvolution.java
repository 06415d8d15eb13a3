package org.skillvoucher.domain.trainingclass;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanLedger;
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
   * @param eventNumber the journal's sequence number of this event, stored with a scan so that its
   *     receipt can be read again by primary key
   * @throws IllegalStateException for an event that cannot follow the state: a corrupt journal
   */
  public static ClassState evolve(ClassState state, ClassEvent event, long eventNumber) {
    return switch (event) {
      case ClassEvent.Filed(var filing, var rules, var at, var by) when state instanceof Unfiled ->
          new Filed(filing, rules);
      case ClassEvent.Returned returned when state instanceof Filed(var filing, var rules) ->
          new Returned(filing, returned.reason());
      case ClassEvent.Approved approved when state instanceof Filed(var filing, var rules) ->
          new Approved(new Plan(filing, rules, approved.at(), Roster.EMPTY, Timetable.EMPTY));
      case ClassEvent.Enrolled enrolled when state instanceof Approved(var plan) ->
          new Approved(plan.withRoster(plan.roster().with(enrolled.people())));
      case ClassEvent.Unenrolled(var person, var reason, var at, var by) ->
          replan(state, event, plan -> plan.withRoster(plan.roster().without(person)));
      case ClassEvent.NameMended mended when state instanceof Approved || state instanceof Open ->
          state;
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
      case ClassEvent.Quarantined statement when state instanceof Open open ->
          quarantined(open, statement);
      case ClassEvent.DeviceNoted(var matter, var l, var a, var statement, var e, var at)
          when state instanceof Open open ->
          open.with(
              statement.device(),
              DeviceChainHead.in(open.devices(), statement.device()).noted(matter, statement));
      case ClassEvent.GapWaived waived when state instanceof Open open ->
          open.with(
              waived.device(), DeviceChainHead.in(open.devices(), waived.device()).withoutGap());
      case ClassEvent.Rescheduled(var lessons, var change, var at, var by) ->
          replan(state, event, plan -> plan.withTimetable(Timetable.of(lessons)));
      case ClassEvent.SpotCheckCalled called when state instanceof Open open ->
          open.with(open.supervision().with(called.lesson(), called.window()));
      case ClassEvent.CorrectionProposed(var correction, var at, var by)
          when state instanceof Open open ->
          open.with(open.supervision().with(correction));
      case ClassEvent.CorrectionDecided(var id, var decision, var at, var by)
          when state instanceof Open open ->
          open.with(
              open.supervision()
                  .correction(id)
                  .map(correction -> open.supervision().with(correction.decided(decision)))
                  .orElseThrow(() -> impossible(state, event)));
      case ClassEvent.FlagDecided decided when state instanceof Open || state instanceof Closed ->
          state;
      case ClassEvent.Closed closed when state instanceof Open open ->
          new Closed(open.plan(), open.ledger(), open.chain(), open.supervision());
      case ClassEvent impossible -> throw impossible(state, impossible);
    };
  }

  private static Open attended(Open open, ClassEvent.Attended event, long eventNumber) {
    Scan scan = event.scan();
    var entry =
        new ScanLedger.Entry(
            scan.naturalKey(),
            scan.key(),
            scan.body(),
            event.late(),
            eventNumber,
            StatementRules.numbered(scan.received()),
            scan.statement().tappedAt().toEpochMilli(),
            event.circumstances().flatMap(Circumstances::roomCode));
    Open recorded =
        new Open(
            open.plan(),
            open.ledger().with(entry),
            Chain.after(event.receipt()),
            open.devices(),
            open.supervision());
    String site = event.circumstances().map(Circumstances::site).orElse("");
    return counted(recorded, scan.statement(), site);
  }

  private static Open quarantined(Open open, ClassEvent.Quarantined event) {
    ScanLedger ledger =
        event.inTime() && event.person().isPresent()
            ? open.ledger()
                .inTime(new Scan.NaturalKey(event.person().get(), event.lesson(), event.act()))
            : open.ledger();
    DeviceStatement statement = event.statement();
    var numbered = new ScanLedger.Numbered(statement.device(), statement.counter());
    boolean tooFast = StatementRules.isTooFast(open, statement);
    boolean captured = event.reason().equals(ClassEvent.Quarantined.CAPTURED);
    Open recorded =
        open.with(
            ledger.quarantined(numbered).isPresent()
                ? ledger.settled(numbered)
                : ledger.with(
                    new ScanLedger.Quarantined(numbered, event.body(), tooFast, captured)));
    return counted(recorded, statement, event.circumstances().site());
  }

  /** Advances the head of the device's chain if this is its next statement. */
  private static Open counted(Open open, DeviceStatement statement, String site) {
    DeviceChainHead head = DeviceChainHead.in(open.devices(), statement.device());
    return statement.signed().isPresent() && statement.counter() == head.expected()
        ? open.with(statement.device(), head.after(statement, site))
        : open;
  }

  private static ClassState replan(ClassState state, ClassEvent event, UnaryOperator<Plan> change) {
    return switch (state) {
      case Approved(var plan) -> new Approved(change.apply(plan));
      case Open open -> open.with(change.apply(open.plan()));
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
