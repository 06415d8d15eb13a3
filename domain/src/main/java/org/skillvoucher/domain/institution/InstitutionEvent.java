package org.skillvoucher.domain.institution;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.institution.Device.Invitation;
import org.skillvoucher.domain.institution.Device.SigningKey;

/**
 * The events of an institution. Each is persisted under a permanent name and version. {@code actor}
 * is absent from events persisted before tokens named people.
 */
public sealed interface InstitutionEvent {
  Instant at();

  record Admitted(Admission admission, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public Admitted(Admission admission, String by, Instant at) {
      this(admission, by, at, Optional.empty());
    }
  }

  record Suspended(
      StopReason reason,
      String evidence,
      Instant from,
      String by,
      Instant at,
      Optional<Actor> actor)
      implements InstitutionEvent {
    public Suspended(StopReason reason, String evidence, Instant from, String by, Instant at) {
      this(reason, evidence, from, by, at, Optional.empty());
    }
  }

  record Reinstated(String reason, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public Reinstated(String reason, String by, Instant at) {
      this(reason, by, at, Optional.empty());
    }
  }

  record Exited(
      StopReason reason,
      String evidence,
      Instant from,
      String by,
      Instant at,
      Optional<Actor> actor)
      implements InstitutionEvent {
    public Exited(StopReason reason, String evidence, Instant from, String by, Instant at) {
      this(reason, evidence, from, by, at, Optional.empty());
    }
  }

  record SitePut(Site site, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public SitePut(Site site, String by, Instant at) {
      this(site, by, at, Optional.empty());
    }
  }

  record DeviceInvited(
      String id,
      String site,
      String room,
      String label,
      int enrolment,
      Invitation invitation,
      String by,
      Instant at,
      Optional<Actor> actor)
      implements InstitutionEvent {
    public DeviceInvited(
        String id,
        String site,
        String room,
        String label,
        int enrolment,
        Invitation invitation,
        String by,
        Instant at) {
      this(id, site, room, label, enrolment, invitation, by, at, Optional.empty());
    }
  }

  record DeviceEnrolled(String id, SigningKey key, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public DeviceEnrolled(String id, SigningKey key, Instant at) {
      this(id, key, at, Optional.empty());
    }
  }

  record DeviceSuspended(String id, String reason, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public DeviceSuspended(String id, String reason, String by, Instant at) {
      this(id, reason, by, at, Optional.empty());
    }
  }

  record DeviceReinstated(String id, String reason, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public DeviceReinstated(String id, String reason, String by, Instant at) {
      this(id, reason, by, at, Optional.empty());
    }
  }

  record DeviceRevoked(String id, String reason, String by, Instant at, Optional<Actor> actor)
      implements InstitutionEvent {
    public DeviceRevoked(String id, String reason, String by, Instant at) {
      this(id, reason, by, at, Optional.empty());
    }
  }

  /** The event of a command that this person gave. */
  default InstitutionEvent by(Actor person) {
    Optional<Actor> by = Optional.of(person);
    return switch (this) {
      case Admitted e -> new Admitted(e.admission(), e.by(), e.at(), by);
      case Suspended e -> new Suspended(e.reason(), e.evidence(), e.from(), e.by(), e.at(), by);
      case Reinstated e -> new Reinstated(e.reason(), e.by(), e.at(), by);
      case Exited e -> new Exited(e.reason(), e.evidence(), e.from(), e.by(), e.at(), by);
      case SitePut e -> new SitePut(e.site(), e.by(), e.at(), by);
      case DeviceInvited e ->
          new DeviceInvited(
              e.id(),
              e.site(),
              e.room(),
              e.label(),
              e.enrolment(),
              e.invitation(),
              e.by(),
              e.at(),
              by);
      case DeviceEnrolled e -> new DeviceEnrolled(e.id(), e.key(), e.at(), by);
      case DeviceSuspended e -> new DeviceSuspended(e.id(), e.reason(), e.by(), e.at(), by);
      case DeviceReinstated e -> new DeviceReinstated(e.id(), e.reason(), e.by(), e.at(), by);
      case DeviceRevoked e -> new DeviceRevoked(e.id(), e.reason(), e.by(), e.at(), by);
    };
  }
}
