package org.skillvoucher.domain.attendance;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One kept scan, as the sheet counts it.
 *
 * @param late whether the person came late (迟到), which only a scan "in" can say
 */
public record Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late) {
  public Mark {
    if (late && act != Act.IN) {
      throw new IllegalArgumentException("only a scan in can be late");
    }
  }
}
