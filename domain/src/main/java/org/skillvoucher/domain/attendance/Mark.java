package org.skillvoucher.domain.attendance;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One recorded scan, as the sheet counts it.
 *
 * @param late whether the person came late (迟到), set for a scan "in" only
 * @param online whether it was verified online, in the presence of the person
 * @param origin how it was made
 */
public record Mark(
    PersonPseudonym person, LessonId lesson, Act act, boolean late, boolean online, Origin origin) {
  /**
   * How a scan was made.
   *
   * @param assisted whether a witness vouched for the person (协助签到)
   * @param vouchedTooOften whether the witness did so for more people of the lesson than allowed
   * @param site of the device; empty where none is known
   */
  public record Origin(boolean assisted, boolean vouchedTooOften, String site) {
    static final Origin UNKNOWN = new Origin(false, false, "");
  }

  public Mark {
    if (late && act != Act.IN) {
      throw new IllegalArgumentException("only a scan in can be late");
    }
  }

  /** Of a scan by the person, at an unknown site. */
  public Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late, boolean online) {
    this(person, lesson, act, late, online, Origin.UNKNOWN);
  }

  /** Of an online scan. */
  public Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late) {
    this(person, lesson, act, late, true);
  }
}
