package org.skillvoucher.domain.institution;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Why an institution's command was refused, with the facts a person needs. */
public sealed interface InstitutionRefusal {
  record NotAdmitted() implements InstitutionRefusal {}

  /** It is admitted with other data, and has not left the directory. */
  record AdmittedOtherwise() implements InstitutionRefusal {}

  /** Out for this edition of the directory (R26). */
  record OutForEdition(int edition) implements InstitutionRefusal {}

  /** Suspended or out since then. */
  record Stopped(Instant from) implements InstitutionRefusal {}

  /** Suspended or out since then, it gets no more devices (R24). */
  record MayNotTrain(Instant from) implements InstitutionRefusal {}

  /** It is not suspended. */
  record NotSuspended() implements InstitutionRefusal {}

  /** Not a reason for a suspension (R25), or not one for which such an institution leaves (R27). */
  record ReasonNotFit(StopReason reason, List<StopReason> accepted) implements InstitutionRefusal {
    public ReasonNotFit {
      accepted = List.copyOf(accepted);
    }
  }

  /** The edition of the directory has not opened (R26). */
  record EditionNotOpen(int edition, LocalDate opensOn) implements InstitutionRefusal {}

  /** It left for fraud, which bars it for years. */
  record Barred(LocalDate until) implements InstitutionRefusal {}

  record NoSuchPlace() implements InstitutionRefusal {}

  record NoSuchDevice() implements InstitutionRefusal {}

  /** The same invitation was used for another place. */
  record InvitedOtherwise() implements InstitutionRefusal {}

  /** The command does not fit the device's state. */
  record DeviceState(Device.Status status) implements InstitutionRefusal {}

  /** The code was used by another key, is another device's, or was replaced by a newer one. */
  record CodeUsed() implements InstitutionRefusal {}

  /** More sites, rooms or devices than an institution can have. */
  record Full(int most) implements InstitutionRefusal {}
}
