package org.skillvoucher.domain.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassEvent;

/**
 * What a reviewer is to know beside the numbers.
 *
 * @param dropped what waited for a decision when the class closed, and was given up
 * @param unenrolled who was taken off the roster
 */
public record EvidenceNotes(Optional<ClassEvent.Dropped> dropped, List<Unenrolled> unenrolled) {
  public static final EvidenceNotes NONE = new EvidenceNotes(Optional.empty(), List.of());

  public EvidenceNotes {
    unenrolled = List.copyOf(unenrolled);
  }

  /** A person who is off the roster; the receipts of this person stay in the class's chain. */
  public record Unenrolled(PersonPseudonym person, Instant at) {}
}
