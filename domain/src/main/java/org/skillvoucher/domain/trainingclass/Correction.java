package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;

/**
 * A correction (更正) of what a person's scans of one lesson show. The scans stay as they are; the
 * sheet shows both.
 *
 * @param by who proposed it, by token
 * @param decision absent while it waits for a second person
 * @param proposer the person; absent from corrections persisted before tokens named people
 */
public record Correction(
    String id,
    PersonPseudonym person,
    LessonId lesson,
    Kind kind,
    String reason,
    String by,
    Instant at,
    Optional<Decision> decision,
    Optional<Actor> proposer) {
  /** By a token of which no person is known. */
  public Correction(
      String id,
      PersonPseudonym person,
      LessonId lesson,
      Kind kind,
      String reason,
      String by,
      Instant at,
      Optional<Decision> decision) {
    this(id, person, lesson, kind, reason, by, at, decision, Optional.empty());
  }

  /** Which way. */
  public enum Kind {
    /** 补录: the lesson counts though the scans do not show it. */
    BACK_FILL,
    /** 更正: the lesson does not count though the scans show it. */
    AMENDMENT
  }

  /** The second person's decision. */
  public record Decision(boolean approved, String by, String reason, Instant at) {}

  /** Whether the sheet follows it. */
  public boolean isApproved() {
    return decision.map(Decision::approved).orElse(false);
  }

  Correction decided(Decision found) {
    return new Correction(id, person, lesson, kind, reason, by, at, Optional.of(found), proposer);
  }

  /** Who proposed it; of an old one only the token is known. */
  boolean isProposedBy(Actor decider) {
    return by.equals(decider.tokenId())
        || proposer.filter(person -> person.isSamePersonAs(decider)).isPresent();
  }

  boolean hasSameContentAs(Correction other) {
    return id.equals(other.id)
        && person.equals(other.person)
        && lesson.equals(other.lesson)
        && kind == other.kind
        && reason.equals(other.reason)
        && by.equals(other.by);
  }
}
