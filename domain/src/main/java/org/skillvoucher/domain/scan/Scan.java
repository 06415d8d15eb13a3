package org.skillvoucher.domain.scan;

import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One scan of an identified person.
 *
 * @param key fingerprint of the client's {@code Idempotency-Key}: the scan key
 * @param body fingerprint of what was signed, to detect a key or counter used for another scan
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

  /** The scan of a received statement, once its person is identified. */
  public static Scan of(PersonPseudonym person, ReceivedStatement received) {
    return new Scan(
        person,
        received.lesson(),
        received.act(),
        received.key(),
        received.body(),
        received.statement());
  }

  /** The statement without its person. */
  public ReceivedStatement received() {
    return new ReceivedStatement(lesson, act, key, body, statement);
  }

  /** What is recorded once only: one person, one lesson, one act. */
  public NaturalKey naturalKey() {
    return new NaturalKey(person, lesson, act);
  }

  public record NaturalKey(PersonPseudonym person, LessonId lesson, Act act) {}

  /**
   * The first eight bytes of a keyed hash: enough to distinguish the scans of one class, and small
   * enough for thousands in a snapshot.
   */
  public record Fingerprint(long bits) {}
}
