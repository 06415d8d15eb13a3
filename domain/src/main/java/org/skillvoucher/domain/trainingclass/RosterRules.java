package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.trainingclass.ClassDecider.alreadyIf;
import static org.skillvoucher.domain.trainingclass.ClassDecider.wrongState;

import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * Who is on the roster (学员名册). The institution may take people off and mend names before a person's
 * first scan; afterwards only the bureau does.
 */
final class RosterRules {
  private RosterRules() {}

  static Decision<ClassEvent, ClassRefusal> enrol(ClassState state, ClassCommand.Enrol command) {
    return switch (state) {
      case Approved(var plan) -> enrolInto(plan, command);
      case Open open -> alreadyIf(allEnrolled(open.plan(), command.people()), open);
      case Closed closed -> alreadyIf(allEnrolled(closed.plan(), command.people()), closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static boolean allEnrolled(Plan plan, List<PersonPseudonym> people) {
    return people.stream().allMatch(plan.roster()::has);
  }

  private static Decision<ClassEvent, ClassRefusal> enrolInto(
      Plan plan, ClassCommand.Enrol command) {
    List<PersonPseudonym> unseen =
        command.people().stream().distinct().filter(person -> !plan.roster().has(person)).toList();
    if (unseen.isEmpty()) {
      return Decision.already();
    }
    List<PersonPseudonym> differing =
        command.nameDiffers().stream().distinct().filter(unseen::contains).toList();
    return plan.roster().size() + unseen.size() > plan.rules().rosterMax()
        ? Decision.reject(new ClassRefusal.RosterFull(plan.rules().rosterMax()))
        : Decision.accept(
            new ClassEvent.Enrolled(
                unseen,
                command.at(),
                Optional.empty(),
                Optional.of(differing).filter(some -> !some.isEmpty())));
  }

  /** A person who is not on the roster cannot be taken off it. */
  static Decision<ClassEvent, ClassRefusal> unenrol(
      ClassState state, ClassCommand.Unenrol command, Actor by) {
    PersonPseudonym person = command.person();
    return switch (state) {
      case Approved(var plan) -> plan.roster().has(person) ? off(command) : Decision.already();
      case Open open when !open.plan().roster().has(person) -> Decision.already();
      case Open open ->
          mayChange(open, person, by)
              ? off(command)
              : Decision.reject(ClassRefusal.SideNotAllowed.bureauOnly(by));
      case Closed closed -> wrongState(closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> off(ClassCommand.Unenrol command) {
    return Decision.accept(
        new ClassEvent.Unenrolled(
            command.person(), command.reason(), command.at(), Optional.empty()));
  }

  static Decision<ClassEvent, ClassRefusal> mendName(
      ClassState state, ClassCommand.MendName command, Actor by) {
    return switch (state) {
      case Approved(var plan) -> mend(plan, command);
      case Open open when !mayChange(open, command.person(), by) ->
          Decision.reject(ClassRefusal.SideNotAllowed.bureauOnly(by));
      case Open open -> mend(open.plan(), command);
      case Closed closed -> wrongState(closed);
      case Unfiled unfiled -> Decision.reject(new ClassRefusal.NotFiled());
      case Filed filed -> Decision.reject(new ClassRefusal.NotApproved());
      case Returned returned -> Decision.reject(new ClassRefusal.NotApproved());
    };
  }

  private static Decision<ClassEvent, ClassRefusal> mend(Plan plan, ClassCommand.MendName command) {
    return plan.roster().has(command.person())
        ? Decision.accept(
            new ClassEvent.NameMended(
                command.person(), command.reason(), command.at(), Optional.empty()))
        : Decision.reject(new ClassRefusal.NotEnrolled());
  }

  private static boolean mayChange(Open open, PersonPseudonym person, Actor by) {
    return by.side() == Side.BUREAU || open.ledger().lastOf(person).isEmpty();
  }
}
