package org.skillvoucher.domain.institution;

import java.time.Instant;
import org.skillvoucher.domain.institution.Device.Invitation;
import org.skillvoucher.domain.institution.Device.SigningKey;

/** The events of an institution. Each is persisted under a permanent name and version. */
public sealed interface InstitutionEvent {
  Instant at();

  record Admitted(Admission admission, String by, Instant at) implements InstitutionEvent {}

  record Suspended(StopReason reason, String evidence, Instant from, String by, Instant at)
      implements InstitutionEvent {}

  record Reinstated(String reason, String by, Instant at) implements InstitutionEvent {}

  record Exited(StopReason reason, String evidence, Instant from, String by, Instant at)
      implements InstitutionEvent {}

  record SitePut(Site site, String by, Instant at) implements InstitutionEvent {}

  record DeviceInvited(
      String id,
      String site,
      String room,
      String label,
      int enrolment,
      Invitation invitation,
      String by,
      Instant at)
      implements InstitutionEvent {}

  record DeviceEnrolled(String id, SigningKey key, Instant at) implements InstitutionEvent {}

  record DeviceSuspended(String id, String reason, String by, Instant at)
      implements InstitutionEvent {}

  record DeviceReinstated(String id, String reason, String by, Instant at)
      implements InstitutionEvent {}

  record DeviceRevoked(String id, String reason, String by, Instant at)
      implements InstitutionEvent {}
}
