package org.skillvoucher.gateway.entity;

import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Status;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The journal did not take a write, or nobody knows whether it did. Whoever asked would learn as
 * much by waiting in vain; told at once, it holds up nothing.
 */
final class WriteNotAcknowledged extends TimeoutException {
  WriteNotAcknowledged() {
    super("the journal did not take the write");
  }

  /** Under overload there are many, and all from the same places. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /** Ends an ask as its timeout would. */
  static void replyTo(ActorRef<?> asker) {
    asker.<Object>unsafeUpcast().tell(new Status.Failure(new WriteNotAcknowledged()));
  }
}
