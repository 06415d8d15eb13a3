package org.skillvoucher.domain.scan;

import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One scan of a card, as the class is asked about it.
 *
 * @param key fingerprint of the client's {@code Idempotency-Key}: the scan key
 * @param body fingerprint of what was signed, so that a key or counter used for another scan shows
 */
public record Scan(
    PersonPseudonym person,
    LessonId lesson,
    Act act,
    Fingerprint key,
    Fingerprint body,
    DeviceStatement statement) {
  public Scan {
    if (act == Act.REDEEM || act == Act.VOID) {
      throw new IllegalArgumentException("a scan is in, out or a check");
    }
  }

  /** The scan of a statement that was heard, now that it is known whose it is. */
  public static Scan of(PersonPseudonym person, ReceivedStatement heard) {
    return new Scan(
        person, heard.lesson(), heard.act(), heard.key(), heard.body(), heard.statement());
  }

  /** The statement without its person. */
  public ReceivedStatement received() {
    return new ReceivedStatement(lesson, act, key, body, statement);
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
