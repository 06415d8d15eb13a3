package org.skillvoucher.gateway.entity;

import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Status;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The journal rejected a write (load shedding), or did not acknowledge it: its outcome is unknown,
 * and the client gets a 503. It fails an ask as its timeout would, but at once.
 */
final class WriteNotAcknowledged extends TimeoutException {
  WriteNotAcknowledged() {
    super("the journal did not acknowledge the write");
  }

  /** Under overload there are many, all from the same places: a stack trace costs too much. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /** Fails the ask that waits for this reply. */
  static void replyTo(ActorRef<?> ask) {
    ask.<Object>unsafeUpcast().tell(new Status.Failure(new WriteNotAcknowledged()));
  }
}
