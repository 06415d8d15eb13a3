package org.skillvoucher.domain.trainingclass;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One scan of a card, as the class is asked about it.
 *
 * @param key fingerprint of the client's {@code Idempotency-Key}: the scan key
 * @param body fingerprint of the request's body, so that a key used for another scan shows
 */
public record Scan(
    PersonPseudonym person,
    LessonId lesson,
    Act act,
    Fingerprint key,
    Fingerprint body,
    DeviceStatement statement) {
  public Scan {
    if (act != Act.IN && act != Act.OUT) { // any other would be weighed by the windows of "in"
      throw new IllegalArgumentException("a scan is in or out");
    }
  }

  /** What can happen once only: one person, one lesson, one act. */
  public NaturalKey naturalKey() {
    return new NaturalKey(person, lesson, act);
  }

  public record NaturalKey(PersonPseudonym person, LessonId lesson, Act act) {}

  /**
   * The first eight bytes of a keyed hash: enough to tell the scans of one class apart, and small
   * enough to keep thousands in a snapshot.
   */
  public record Fingerprint(long bits) {}
}
