package org.skillvoucher.domain.voucher;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;

/**
 * The events of a voucher. Each is persisted under a permanent name and version. {@code by} is
 * absent from events persisted before tokens named people.
 */
public sealed interface VoucherEvent {
  Instant at();

  record Issued(VoucherTerms terms, Instant at, Optional<Actor> by) implements VoucherEvent {
    public Issued(VoucherTerms terms, Instant at) {
      this(terms, at, Optional.empty());
    }
  }

  record Claimed(Instant at, Optional<Actor> by) implements VoucherEvent {
    public Claimed(Instant at) {
      this(at, Optional.empty());
    }
  }

  /** Includes the holder, because the class that receives it identifies people, not vouchers. */
  record Bound(ClassId classId, PersonPseudonym holder, Instant at, Optional<Actor> by)
      implements VoucherEvent {
    public Bound(ClassId classId, PersonPseudonym holder, Instant at) {
      this(classId, holder, at, Optional.empty());
    }
  }

  record Completed(ClassId classId, Instant at, Optional<Actor> by) implements VoucherEvent {
    public Completed(ClassId classId, Instant at) {
      this(classId, at, Optional.empty());
    }
  }

  /** A bound voucher ended without completion. */
  record Lapsed(String reason, Instant at, Optional<Actor> by) implements VoucherEvent {
    /** The class closed, and the person did not complete it. */
    public static final String NOT_COMPLETED = "not_completed";

    public Lapsed(String reason, Instant at) {
      this(reason, at, Optional.empty());
    }
  }

  record Expired(Instant at, Optional<Actor> by) implements VoucherEvent {
    public Expired(Instant at) {
      this(at, Optional.empty());
    }
  }

  record Voided(String reason, Instant at, Optional<Actor> by) implements VoucherEvent {
    public Voided(String reason, Instant at) {
      this(reason, at, Optional.empty());
    }
  }

  record Frozen(String reason, Instant at, Optional<Actor> by) implements VoucherEvent {
    public Frozen(String reason, Instant at) {
      this(reason, at, Optional.empty());
    }
  }

  record Unfrozen(Instant at, Optional<Actor> by) implements VoucherEvent {
    public Unfrozen(Instant at) {
      this(at, Optional.empty());
    }
  }

  /** The event of a command that this person gave. */
  default VoucherEvent by(Actor actor) {
    Optional<Actor> by = Optional.of(actor);
    return switch (this) {
      case Issued e -> new Issued(e.terms(), e.at(), by);
      case Claimed e -> new Claimed(e.at(), by);
      case Bound e -> new Bound(e.classId(), e.holder(), e.at(), by);
      case Completed e -> new Completed(e.classId(), e.at(), by);
      case Lapsed e -> new Lapsed(e.reason(), e.at(), by);
      case Expired e -> new Expired(e.at(), by);
      case Voided e -> new Voided(e.reason(), e.at(), by);
      case Frozen e -> new Frozen(e.reason(), e.at(), by);
      case Unfrozen e -> new Unfrozen(e.at(), by);
    };
  }
}
