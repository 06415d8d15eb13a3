package org.skillvoucher.gateway.development;

/** A start failed for a reason the user can fix; the message is shown to them unchanged. */
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
