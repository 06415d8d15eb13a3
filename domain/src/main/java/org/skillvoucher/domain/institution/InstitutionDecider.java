package org.skillvoucher.domain.institution;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.domain.institution.InstitutionState.Stop;
import org.skillvoucher.domain.institution.InstitutionState.Unknown;
import org.skillvoucher.domain.policy.DirectoryRules;

/**
 * The rules of an institution (R20-R27): admitted, suspended and out to the second, with its sites,
 * rooms and devices. Commands are idempotent: one whose effect is already there is accepted and
 * writes nothing.
 */
public final class InstitutionDecider {
  static final int SITES_MAX = 200;
  static final int ROOMS_MAX = 100;
  static final int DEVICES_MAX = 1000;

  private InstitutionDecider() {}

  public static Decision<InstitutionEvent, InstitutionRefusal> decide(
      InstitutionState state, InstitutionCommand command) {
    return switch (state) {
      case Unknown unknown ->
          command instanceof InstitutionCommand.Admit(var admission, var rules, var by, var at)
              ? Decision.accept(new InstitutionEvent.Admitted(admission, by, at))
              : Decision.reject(new InstitutionRefusal.NotAdmitted());
      case Admitted admitted -> decide(admitted, command);
    };
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> decide(
      Admitted state, InstitutionCommand command) {
    return switch (command) {
      case InstitutionCommand.Admit admit -> admitAnew(state, admit);
      case InstitutionCommand.Suspend suspend -> suspend(state, suspend);
      case InstitutionCommand.Reinstate(var reason, var by, var at) ->
          reinstate(state, new InstitutionEvent.Reinstated(reason, by, at));
      case InstitutionCommand.Exit exit -> exit(state, exit);
      case InstitutionCommand.PutSite put -> putSite(state, put);
      case InstitutionCommand.InviteDevice invite -> DeviceRules.invite(state, invite);
      case InstitutionCommand.EnrolDevice enrol -> DeviceRules.enrol(state, enrol);
      case InstitutionCommand.SuspendDevice suspend -> DeviceRules.suspend(state, suspend);
      case InstitutionCommand.ReinstateDevice reinstate -> DeviceRules.reinstate(state, reinstate);
      case InstitutionCommand.RevokeDevice revoke -> DeviceRules.revoke(state, revoke);
    };
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> admitAnew(
      Admitted state, InstitutionCommand.Admit command) {
    Optional<Stop> out = state.stop().filter(Stop::exit);
    if (out.isPresent()) {
      return againstReturn(state, out.get(), command)
          .<Decision<InstitutionEvent, InstitutionRefusal>>map(Decision::reject)
          .orElseGet(
              () ->
                  Decision.accept(
                      new InstitutionEvent.Admitted(
                          command.admission(), command.by(), command.at())));
    }
    return state.admission().equals(command.admission())
        ? Decision.already()
        : Decision.reject(new InstitutionRefusal.AdmittedOtherwise());
  }

  private static Optional<InstitutionRefusal> againstReturn(
      Admitted state, Stop out, InstitutionCommand.Admit command) {
    int edition = command.admission().edition();
    DirectoryRules rules = command.rules();
    if (edition <= state.admission().edition()) {
      return Optional.of(new InstitutionRefusal.OutForEdition(state.admission().edition()));
    }
    if (!rules.isOpen(edition, command.at())) {
      return Optional.of(new InstitutionRefusal.EditionNotOpen(edition, rules.opensOn(edition)));
    }
    return out.reason().bars() && rules.isBarred(out.from(), command.at())
        ? Optional.of(new InstitutionRefusal.Barred(rules.barredUntil(out.from())))
        : Optional.empty();
  }

  private static InstitutionRefusal notFit(StopReason reason, Predicate<StopReason> accepted) {
    return new InstitutionRefusal.ReasonNotFit(
        reason, Arrays.stream(StopReason.values()).filter(accepted).toList());
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> suspend(
      Admitted state, InstitutionCommand.Suspend command) {
    if (!command.reason().suspends()) {
      return Decision.reject(notFit(command.reason(), StopReason::suspends));
    }
    Optional<Stop> stop = state.stop();
    if (stop.isPresent()) {
      boolean same =
          stop.get().equals(new Stop(command.reason(), command.evidence(), command.from(), false));
      return same ? Decision.already() : stopped(stop.get());
    }
    return Decision.accept(
        new InstitutionEvent.Suspended(
            command.reason(), command.evidence(), command.from(), command.by(), command.at()));
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> reinstate(
      Admitted state, InstitutionEvent.Reinstated event) {
    Optional<Stop> stop = state.stop();
    if (stop.isEmpty()) {
      return Decision.reject(new InstitutionRefusal.NotSuspended());
    }
    return stop.get().exit()
        ? Decision.reject(new InstitutionRefusal.OutForEdition(state.admission().edition()))
        : Decision.accept(event);
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> exit(
      Admitted state, InstitutionCommand.Exit command) {
    Optional<Stop> out = state.stop().filter(Stop::exit);
    if (out.isPresent()) {
      boolean same =
          out.get().equals(out(state, command.reason(), command.evidence(), command.from()));
      return same ? Decision.already() : stopped(out.get());
    }
    InstitutionKind kind = state.admission().kindOrDefault();
    if (!command.reason().fits(kind)) {
      return Decision.reject(notFit(command.reason(), reason -> reason.fits(kind)));
    }
    return Decision.accept(
        new InstitutionEvent.Exited(
            command.reason(), command.evidence(), command.from(), command.by(), command.at()));
  }

  /** An effective suspension is not lifted by an exit that takes effect later. */
  private static Stop out(Admitted state, StopReason reason, String evidence, Instant from) {
    Instant earliest =
        state.stop().map(Stop::from).filter(already -> already.isBefore(from)).orElse(from);
    return new Stop(reason, evidence, earliest, true);
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> putSite(
      Admitted state, InstitutionCommand.PutSite command) {
    Site site = command.site();
    if (site.equals(state.sites().get(site.id()))) {
      return Decision.already();
    }
    if (site.rooms().size() > ROOMS_MAX) {
      return Decision.reject(new InstitutionRefusal.Full(ROOMS_MAX));
    }
    return !state.sites().containsKey(site.id()) && state.sites().size() >= SITES_MAX
        ? Decision.reject(new InstitutionRefusal.Full(SITES_MAX))
        : Decision.accept(new InstitutionEvent.SitePut(site, command.by(), command.at()));
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> stopped(Stop stop) {
    return Decision.reject(new InstitutionRefusal.Stopped(stop.from()));
  }

  /**
   * The state after an event.
   *
   * @throws IllegalStateException for an event that is impossible in the state, which means a
   *     corrupt journal
   */
  public static InstitutionState evolve(InstitutionState state, InstitutionEvent event) {
    return switch (state) {
      case Unknown unknown when event instanceof InstitutionEvent.Admitted admitted ->
          new Admitted(admitted.admission(), Optional.empty(), Map.of(), Map.of());
      case Unknown unknown ->
          throw new IllegalStateException(
              event.getClass().getSimpleName() + " cannot be an institution's first event");
      case Admitted admitted -> evolve(admitted, event);
    };
  }

  private static Admitted evolve(Admitted state, InstitutionEvent event) {
    return switch (event) {
      case InstitutionEvent.Admitted(var admission, var by, var at, var actor) ->
          state.free(admission, at);
      case InstitutionEvent.Suspended(
              var reason,
              var evidence,
              var from,
              var by,
              var at,
              var actor) ->
          state.with(Optional.of(new Stop(reason, evidence, from, false)));
      case InstitutionEvent.Reinstated reinstated -> state.free(state.admission(), reinstated.at());
      case InstitutionEvent.Exited(var reason, var evidence, var from, var by, var at, var actor) ->
          state.with(Optional.of(out(state, reason, evidence, from)));
      case InstitutionEvent.SitePut(var site, var by, var at, var actor) -> state.with(site);
      case InstitutionEvent.DeviceInvited invited -> state.with(DeviceRules.invited(invited));
      case InstitutionEvent.DeviceEnrolled(var id, var key, var at, var actor) ->
          state.with(DeviceRules.enrolled(known(state, id), key));
      case InstitutionEvent.DeviceSuspended suspended ->
          state.with(known(state, suspended.id()).with(Device.Status.SUSPENDED));
      case InstitutionEvent.DeviceReinstated reinstated ->
          state.with(known(state, reinstated.id()).with(Device.Status.ENROLLED));
      case InstitutionEvent.DeviceRevoked revoked ->
          state.with(known(state, revoked.id()).with(Device.Status.REVOKED));
    };
  }

  private static Device known(Admitted state, String id) {
    return Optional.ofNullable(state.devices().get(id))
        .orElseThrow(
            () -> new IllegalStateException("an event of a device that was never invited"));
  }
}
