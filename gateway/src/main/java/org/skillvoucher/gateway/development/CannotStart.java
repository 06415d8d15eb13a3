package org.skillvoucher.gateway.development;

/** Something the person at the keyboard can mend; the message is meant for them and shown as is. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  CannotStart(String reason) {
    super(reason);
    this.reason = reason;
  }

  CannotStart(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
