package org.skillvoucher.domain.institution;

import java.util.Optional;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.institution.Device.Invitation;
import org.skillvoucher.domain.institution.Device.SigningKey;
import org.skillvoucher.domain.institution.Device.Status;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;

/**
 * The life cycle of a device: invited with a one-time code, enrolled with its own key, suspended,
 * revoked; a new invitation gives it a new name, and statements under the old name are no longer
 * trusted.
 */
final class DeviceRules {
  private DeviceRules() {}

  static Decision<InstitutionEvent, InstitutionRefusal> invite(
      Admitted state, InstitutionCommand.InviteDevice command) {
    Site site = state.sites().get(command.site());
    if (site == null || !site.has(command.room())) {
      return Decision.reject(new InstitutionRefusal.NoSuchPlace());
    }
    Device known = state.devices().get(command.id());
    if (known != null && known.isInvitedBy(command.invitation())) {
      return known.site().equals(command.site())
              && known.room().equals(command.room())
              && known.label().equals(command.label())
          ? Decision.already()
          : Decision.reject(new InstitutionRefusal.InvitedOtherwise());
    }
    if (known != null && known.invitation().filter(command.invitation()::isOlderThan).isPresent()) {
      return Decision.reject(new InstitutionRefusal.CodeUsed()); // a late repeat of a former one
    }
    Optional<InstitutionState.Stop> stop =
        state.stop().filter(held -> !command.at().isBefore(held.from()));
    if (stop.isPresent()) {
      return Decision.reject(new InstitutionRefusal.MayNotTrain(stop.get().from()));
    }
    if (known == null && state.devices().size() >= InstitutionDecider.DEVICES_MAX) {
      return Decision.reject(new InstitutionRefusal.Full(InstitutionDecider.DEVICES_MAX));
    }
    return Decision.accept(
        new InstitutionEvent.DeviceInvited(
            command.id(),
            command.site(),
            command.room(),
            command.label(),
            known == null ? 1 : known.enrolment() + 1,
            command.invitation(),
            command.by(),
            command.at()));
  }

  static Device invited(InstitutionEvent.DeviceInvited event) {
    return new Device(
        event.id(),
        event.site(),
        event.room(),
        event.label(),
        event.enrolment(),
        Status.INVITED,
        Optional.of(event.invitation()),
        Optional.empty());
  }

  /** Once: the same key with the same code again changes nothing, another key is refused. */
  static Decision<InstitutionEvent, InstitutionRefusal> enrol(
      Admitted state, InstitutionCommand.EnrolDevice command) {
    Optional<Device> found = state.named(command.name());
    if (found.isEmpty()) {
      return Decision.reject(
          state.hasHad(command.name())
              ? new InstitutionRefusal.CodeUsed()
              : new InstitutionRefusal.NoSuchDevice());
    }
    Device device = found.get();
    Optional<Invitation> invitation = device.invitation();
    boolean itsCode =
        invitation.map(Invitation::tokenId).filter(command.tokenId()::equals).isPresent();
    if (!itsCode) {
      return Decision.reject(new InstitutionRefusal.CodeUsed());
    }
    return switch (device.status()) {
      case INVITED ->
          command.at().isBefore(invitation.get().expiresAt())
              ? Decision.accept(
                  new InstitutionEvent.DeviceEnrolled(device.id(), command.key(), command.at()))
              : Decision.reject(new InstitutionRefusal.CodeUsed());
      case ENROLLED ->
          device.key().equals(Optional.of(command.key()))
              ? Decision.already()
              : Decision.reject(new InstitutionRefusal.CodeUsed());
      case SUSPENDED -> state(device);
      case REVOKED -> state(device);
    };
  }

  /** The invitation is retained, so that the same device may retry when the answer was lost. */
  static Device enrolled(Device device, SigningKey key) {
    return new Device(
        device.id(),
        device.site(),
        device.room(),
        device.label(),
        device.enrolment(),
        Status.ENROLLED,
        device.invitation(),
        Optional.of(key));
  }

  static Decision<InstitutionEvent, InstitutionRefusal> suspend(
      Admitted state, InstitutionCommand.SuspendDevice command) {
    Device device = state.devices().get(command.id());
    if (device == null) {
      return Decision.reject(new InstitutionRefusal.NoSuchDevice());
    }
    return switch (device.status()) {
      case ENROLLED ->
          Decision.accept(
              new InstitutionEvent.DeviceSuspended(
                  device.id(), command.reason(), command.by(), command.at()));
      case SUSPENDED -> Decision.already();
      case INVITED -> state(device);
      case REVOKED -> state(device);
    };
  }

  static Decision<InstitutionEvent, InstitutionRefusal> reinstate(
      Admitted state, InstitutionCommand.ReinstateDevice command) {
    Device device = state.devices().get(command.id());
    if (device == null) {
      return Decision.reject(new InstitutionRefusal.NoSuchDevice());
    }
    return switch (device.status()) {
      case SUSPENDED ->
          Decision.accept(
              new InstitutionEvent.DeviceReinstated(
                  device.id(), command.reason(), command.by(), command.at()));
      case ENROLLED -> Decision.already();
      case INVITED -> state(device);
      case REVOKED -> state(device);
    };
  }

  static Decision<InstitutionEvent, InstitutionRefusal> revoke(
      Admitted state, InstitutionCommand.RevokeDevice command) {
    Device device = state.devices().get(command.id());
    if (device == null) {
      return Decision.reject(new InstitutionRefusal.NoSuchDevice());
    }
    return device.status() == Status.REVOKED
        ? Decision.already()
        : Decision.accept(
            new InstitutionEvent.DeviceRevoked(
                device.id(), command.reason(), command.by(), command.at()));
  }

  private static Decision<InstitutionEvent, InstitutionRefusal> state(Device device) {
    return Decision.reject(new InstitutionRefusal.DeviceState(device.status()));
  }
}
