package org.skillvoucher.simulator.wire;

/** What a stub answers to bad input: a 4xx with a code. The message holds no personal data. */
public final class BadRequest extends RuntimeException {
  private final int status;
  private final String code;

  public BadRequest(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
