package org.skillvoucher.domain.attendance;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One recorded scan, as the sheet counts it.
 *
 * @param late whether the person came late (迟到), set for a scan "in" only
 * @param online whether it was verified online, in the presence of the person
 */
public record Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late, boolean online) {
  public Mark {
    if (late && act != Act.IN) {
      throw new IllegalArgumentException("only a scan in can be late");
    }
  }

  /** Of an online scan. */
  public Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late) {
    this(person, lesson, act, late, true);
  }
}
