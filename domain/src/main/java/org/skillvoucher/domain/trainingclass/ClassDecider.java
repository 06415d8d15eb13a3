package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * The rules of a training class from filing to close (R01, R04, R16); those of a scan are in {@link
 * ScanRules}. A command whose effect is already there is accepted and writes nothing.
 */
public final class ClassDecider {
  private ClassDecider() {}

  /** Decides what a person asks for. */
  public static Decision<ClassEvent, ClassRefusal> decide(
      ClassState state, ClassCommand command, Actor by) {
    return switch (command) {
      case ClassCommand.File file -> file(state, file);
      case ClassCommand.Approve(var official, var at) -> approve(state, official, at);
      case ClassCommand.Return back -> giveBack(state, back);
      case ClassCommand.Enrol enrol -> RosterRules.enrol(state, enrol);
      case ClassCommand.Unenrol unenrol -> RosterRules.unenrol(state, unenrol, by);
      case ClassCommand.MendName mend -> RosterRules.mendName(state, mend, by);
      case ClassCommand.Schedule schedule -> TimetableRules.schedule(state, schedule, by);
      case ClassCommand.AdmitVoucher(var person, var voucher, var at) ->
          admit(state, person, voucher, at);
      case ClassCommand.WithdrawVoucher(var person, var voucher, var at) ->
          withdraw(state, person, voucher, at);
      case ClassCommand.Open(var at) -> open(state, at);
      case ClassCommand.CallSpotCheck call -> SupervisionRules.spotCheck(state, call);
      case ClassCommand.ProposeCorrection(var correction, var at) ->
          SupervisionRules.propose(state, correction);
      case ClassCommand.DecideCorrection decide -> SupervisionRules.decide(state, decide, by);
      case ClassCommand.WaiveGap waive -> SupervisionRules.waive(state, waive);
      case ClassCommand.DecideFlag decide -> SupervisionRules.decide(state, decide);
      case ClassCommand.Close close -> ClosingRules.close(state, close, by);
    };
  }

  private static Decision<ClassEvent, ClassRefusal> file(
      ClassState state, ClassCommand.File command) {
    return switch (state) {
      case Unfiled unfiled -> accept(command);
      // Final: what is corrected is filed anew, so that a late repeat of the first cannot refile
      // it.
      case Returned(var filing, var reason) -> filedBefore(filing, command.filing());
      case Filed(var filing, var rules) -> filedBefore(filing, command.filing());
      case Approved(var plan) -> filedBefore(plan.filing(), command.filing());
      case Open open -> filedBefore(open.plan().filing(), command.filing());
      case Closed closed -> filedBefore(closed.plan().filing(), command.filing());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> accept(ClassCommand.File command) {
    List<String> missing = command.filing().missingParts();
    return missing.isEmpty()
        ? Decision.accept(new ClassEvent.Filed(command.filing(), command.rules(), command.at()))
        : Decision.reject(new ClassRefusal.FilingIncomplete(missing));
  }

  private static Decision<ClassEvent, ClassRefusal> filedBefore(Filing filed, Filing sent) {
    return filed.equals(sent)
        ? Decision.already()
        : Decision.reject(new ClassRefusal.FiledOtherwise());
  }

  private static Decision<ClassEvent, ClassRefusal> approve(
      ClassState state, String official, Instant at) {
    return switch (state) {
      case Filed filed -> Decision.accept(new ClassEvent.Approved(official, at));
      case Approved approved -> Decision.already();
      case Open open -> Decision.already();
      case Closed closed -> Decision.already();
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Returned returned -> wrongState(returned);
    };
  }

  private static Decision<ClassEvent, ClassRefusal> giveBack(
      ClassState state, ClassCommand.Return command) {
    return switch (state) {
      case Filed filed ->
          Decision.accept(
              new ClassEvent.Returned(command.official(), command.reason(), command.at()));
      case Returned returned -> Decision.already();
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Approved approved -> wrongState(approved);
      case Open open -> wrongState(open);
      case Closed closed -> wrongState(closed);
    };
  }

  /**
   * A voucher may arrive before its holder is on the roster; it enrols nobody by itself. The number
   * of such vouchers is bounded like the roster.
   */
  private static Decision<ClassEvent, ClassRefusal> admit(
      ClassState state, PersonPseudonym person, VoucherId voucher, Instant at) {
    return switch (state) {
      case Approved(var plan) -> admitTo(plan, person, voucher, at);
      case Open open -> admitTo(open.plan(), person, voucher, at);
      case Closed closed -> alreadyIf(admitted(closed.plan(), person, voucher), closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> admitTo(
      Plan plan, PersonPseudonym person, VoucherId voucher, Instant at) {
    if (admitted(plan, person, voucher)) {
      return Decision.already();
    }
    Roster roster = plan.roster();
    return !roster.has(person) && roster.vouchersWaiting() >= plan.rules().rosterMax()
        ? Decision.reject(new ClassRefusal.RosterFull(plan.rules().rosterMax()))
        : Decision.accept(new ClassEvent.VoucherAdmitted(person, voucher, at));
  }

  private static boolean admitted(Plan plan, PersonPseudonym person, VoucherId voucher) {
    return plan.roster().voucherOf(person).equals(Optional.of(voucher));
  }

  private static Decision<ClassEvent, ClassRefusal> withdraw(
      ClassState state, PersonPseudonym person, VoucherId voucher, Instant at) {
    return switch (state) {
      case Approved(var plan) -> withdrawFrom(plan, person, voucher, at);
      case Open open -> withdrawFrom(open.plan(), person, voucher, at);
      case Closed closed -> alreadyIf(!admitted(closed.plan(), person, voucher), closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> withdrawFrom(
      Plan plan, PersonPseudonym person, VoucherId voucher, Instant at) {
    return admitted(plan, person, voucher)
        ? Decision.accept(new ClassEvent.VoucherWithdrawn(person, voucher, at))
        : Decision.already();
  }

  private static Decision<ClassEvent, ClassRefusal> open(ClassState state, Instant at) {
    return switch (state) {
      case Approved(var plan) -> {
        List<String> missing = new ArrayList<>();
        if (plan.roster().size() == 0) {
          missing.add("roster");
        }
        if (plan.timetable().lessons().isEmpty()) {
          missing.add("timetable");
        }
        yield missing.isEmpty()
            ? Decision.accept(new ClassEvent.Opened(at))
            : Decision.reject(new ClassRefusal.NotReady(missing));
      }
      case Open open -> Decision.already();
      case Closed closed -> wrongState(closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  static Decision<ClassEvent, ClassRefusal> alreadyIf(boolean same, ClassState state) {
    return same ? Decision.already() : wrongState(state);
  }

  static Decision<ClassEvent, ClassRefusal> wrongState(ClassState state) {
    return Decision.reject(new ClassRefusal.WrongState(state.name()));
  }
}
